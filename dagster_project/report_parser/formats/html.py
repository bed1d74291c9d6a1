"""html pages, and the web archives (mhtml) that Word and browsers save them in."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from typing import TYPE_CHECKING, cast

from .printed import Printed
from .reading import Reading, broken, reading_of, too_large, without_text
from .text import decode
from .xml import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

HTML = "text/html"
MHTML = "multipart/related"

MAX_TAGS = 1_000_000
"""Opened and closed: a page of Word's with every character in a span of its own has some 50,000."""

_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|tr|td|div|p|span)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_MAIL_HEADERS = re.compile(rb"\s*(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?mime-version:", re.IGNORECASE)
_HEADERS_WITHIN = 4096
_TAGS_WITHIN = 1_000_000

_UNREAD = frozenset("script style noscript template head title iframe rp rt del".split())  # noqa: SIM905
"""Not shown on the page; `del` holds what a tracked change took out."""
_LINES = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset"  # noqa: SIM905
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary ul".split()
)
_CELLS = frozenset(("td", "th"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_APART = frozenset(("sub", "sup", "s", "strike"))
"""A raised footnote mark, or figures struck out, must not become digits of the number beside them."""
_STYLED_APART = re.compile(r"line-through|vertical-align\s{0,9}:\s{0,9}su(?:per|b)\b", re.I)
_PICTURES = frozenset(("img", "imagedata", "object", "embed", "canvas", "svg"))
_HIDDEN = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all|font-size\s{0,9}:\s{0,9}0(?![.\d])",
    re.I,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def is_html(text: str) -> bool:
    return "<" in text and bool(_TAGS.search(text, 0, _TAGS_WITHIN))


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a MIME message."""
    return data[:1].isascii() and bool(_MAIL_HEADERS.match(data, 0, _HEADERS_WITHIN))


def read_mhtml(data: bytes) -> Reading:
    """The first html part of a MIME message, which is the page itself; its pictures are counted, not read.

    Raises:
        Unreadable: with code `broken_file`, or as `decode` and `read_html`.
    """
    try:
        message: Message = message_from_bytes(data)
        for part in message.walk():
            if part.get_content_type() == HTML:
                content = cast(bytes, part.get_payload(decode=True))
                return read_html(*decode(content), MHTML)
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise broken(MHTML) from error
    raise without_text(MHTML)


def read_html(text: str, encoding: str, media_type: str = HTML) -> Reading:
    """The page as it prints, by its tags and inline styles. Style sheets and scripts are not run.

    Raises:
        Unreadable: with code `too_large`, `empty` or `tables_are_images`.
    """
    from lxml import etree

    if text.count("<") > MAX_TAGS:
        raise too_large(f"{MAX_TAGS:,} 个标签", media_type)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise without_text(media_type)
    # Markdown may hold html tables between lines of its own, which no tag parts.
    keeps_lines = not text.lstrip().startswith("<") and not _PAGE.search(text)
    page = _Page(keeps_lines)
    page.read(root)
    is_cut = not (text.endswith("\n") or text.rstrip().endswith(">"))
    lines = page.printed.lines()
    if not lines and any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise too_large("标签嵌套层数", media_type)
    return reading_of(lines, media_type, encoding=encoding, has_images=page.has_images, is_cut=is_cut)


class _Page:
    """The walk over one page."""

    def __init__(self, keeps_lines: bool) -> None:
        self.printed = Printed()
        self.has_images = False
        self._keeps_lines = keeps_lines
        self._preformatted = 0
        self._tables = 0
        self._cells: list[bool] = []
        """For each open td or th, whether it stands in a table."""

    def read(self, root: _Element) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: _Element | None = None
        for event, element in walk:
            tag = element.tag.rpartition(":")[2] if isinstance(element.tag, str) else ""
            if event == "start":
                if not tag or tag in _UNREAD or _is_hidden(element, tag):
                    skipped = element
                    walk.skip_subtree()
                    continue
                self._start(tag, element)
                if element.text:
                    self._write(element.text)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._end(tag, element)
                if element.tail:
                    self._write(element.tail)

    def _start(self, tag: str, element: _Element) -> None:
        printed = self.printed
        if tag in _CELLS:
            self._cells.append(printed.open_cell(_count(element, "colspan"), _count(element, "rowspan")))
            if not self._cells[-1]:
                printed.end_line()
        elif tag == "tr":
            printed.open_row()
        elif tag == "table":
            self._tables += 1
            printed.open_table()
        elif tag in _ROW_GROUPS:
            printed.open_row_group()
        elif tag in _LINES or tag == "br":
            self._preformatted += tag == "pre"
            printed.end_line()
        elif _is_apart(element, tag):
            printed.write(" ")
        elif tag in _PICTURES:
            self.has_images = True

    def _end(self, tag: str, element: _Element) -> None:
        printed = self.printed
        if tag in _CELLS:
            if self._cells.pop():
                printed.close_cell()
            else:
                printed.end_line()
        elif tag == "tr":
            printed.close_row()
        elif tag == "table":
            self._tables -= 1
            printed.close_table()
        elif tag in _ROW_GROUPS:
            printed.open_row_group()
        elif tag in _LINES:
            self._preformatted -= tag == "pre"
            printed.end_line()
        elif _is_apart(element, tag):
            printed.write(" ")

    def _write(self, text: str) -> None:
        if self._preformatted or (self._keeps_lines and not self._tables):
            first, *others = text.split("\n")
            self.printed.write(first)
            for line in others:
                self.printed.end_line()
                self.printed.write(line)
        else:
            self.printed.write(_SPACES.sub(_collapsed, text))


def _collapsed(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else " "


def _count(element: _Element, attribute: str) -> int:
    value = element.get(attribute, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _is_apart(element: _Element, tag: str) -> bool:
    style = element.get("style")
    return tag in _APART or bool(style and _STYLED_APART.search(style))


def _is_hidden(element: _Element, tag: str) -> bool:
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return True
    # Word ends a table with a row of no height that only sets the widths of its columns.
    return tag == "tr" and element.get("height") == "0" and not text_of(element).strip()
