"""Word documents (docx): the body as it prints, in its order, with the spans of the tables' cells.

Read from the XML itself: what matters here (tracked changes, merged cells, text boxes, automatic numbers) is below what the
usual library shows, and a report has thousands of runs. Headers, footers and notes are not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .numbering import Numbering
from .package import Package
from .printed import Printed
from .reading import Reading, broken, reading_of
from .signature import DOCX
from .xml import local_attribute, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNREAD = frozenset("del moveFrom Fallback instrText delText rPr tblPr tblGrid tcPr trPr pPr sectPr rt".split())  # noqa: SIM905
"""Tracked deletions, field codes, the older twin of a drawing, and properties, which are looked up where they matter."""
_PICTURES = frozenset(("blip", "imagedata", "OLEObject"))
_CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_OFF = frozenset(("0", "false", "off", "none"))


def read_docx(package: Package) -> Reading:
    """The document in `package`.

    Raises:
        Unreadable: with code `broken_file`, `too_large`, `empty` or `tables_are_images`.
    """
    root = parse_xml(package.read("word/document.xml"), DOCX)
    body = _Body(Numbering(package.read("word/numbering.xml"), package.read("word/styles.xml")))
    body.read(root)
    return reading_of(body.printed.lines(), DOCX, has_images=body.has_images)


@dataclass(slots=True)
class _Row:
    column: int
    """That of the next cell."""
    merged: set[int] = field(default_factory=set)
    """The first columns of the cells that are merged with the row above or below."""


class _Body:
    """The walk over the document's body."""

    def __init__(self, numbering: Numbering) -> None:
        self.printed = Printed()
        self.has_images = False
        self._numbering = numbering
        self._label = ""
        """The automatic number of the open paragraph, until its first text is printed."""
        self._merged: list[set[int]] = []
        """For each open table, the first columns of the vertically merged cells in the row above."""
        self._rows: list[_Row] = []
        """The open rows, the innermost last."""

    def read(self, root: _Element) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: _Element | None = None
        for event, element in walk:
            name = local_name(element)
            if event == "start":
                if not name or name in _UNREAD or _is_unseen(element, name):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._start(name, element)
            elif element is skipped:
                skipped = None
            else:
                self._end(name, element)

    def _start(self, name: str, element: _Element) -> None:
        printed = self.printed
        if name == "t":
            self._write(element.text or "")
        elif name == "r":
            if _is_apart(element):
                printed.write(" ")
        elif name == "p":
            printed.end_line()
            self._label = self._numbering.label(element)
        elif name == "tc":
            self._open_cell(element)
        elif name == "tr":
            self._open_row(element)
        elif name == "tbl":
            self._merged.append(set())
            printed.open_table()
        elif name in ("br", "cr"):
            printed.end_line()
        elif name in _CHARACTERS:
            printed.write(_CHARACTERS[name])
        elif name in _PICTURES:
            self.has_images = True

    def _end(self, name: str, element: _Element) -> None:
        printed = self.printed
        if name == "p":
            printed.end_line()
            self._label = ""
        elif name == "r":
            if _is_apart(element):
                printed.write(" ")
        elif name == "tc":
            printed.close_cell()
        elif name == "tr":
            self._merged[-1] = self._rows.pop().merged
            printed.close_row()
        elif name == "tbl":
            self._merged.pop()
            printed.close_table()

    def _write(self, text: str) -> None:
        if self._label and text.strip():
            # The number of a paragraph must not become digits of the figure that it stands before.
            apart = " " if text.lstrip()[0].isdigit() else ""
            self.printed.write(self._label + apart)
            self._label = ""
        self.printed.write(text.replace("\n", " "))

    def _open_row(self, element: _Element) -> None:
        if not self._merged:
            raise broken(DOCX)
        before = _number(_property(element, "trPr", "gridBefore"), 0)
        self._rows.append(_Row(before))
        self.printed.open_row()
        if before:
            self.printed.open_cell(before, is_covered=True)
            self.printed.close_cell()

    def _open_cell(self, element: _Element) -> None:
        if not self._rows:
            raise broken(DOCX)
        row = self._rows[-1]
        span = _number(_property(element, "tcPr", "gridSpan"), 1)
        is_covered = _goes_on(_property(element, "tcPr", "hMerge"))
        if (merge := _property(element, "tcPr", "vMerge")) is not None:
            # A cell that goes on from none above it stands for itself, as Word shows it.
            is_covered |= _goes_on(merge) and row.column in self._merged[-1]
            row.merged.add(row.column)
        self.printed.open_cell(span, is_covered=is_covered)
        row.column += span


def _property(element: _Element, holder: str, name: str) -> _Element | None:
    for child in element:
        if local_name(child) == holder:
            return next((each for each in child if local_name(each) == name), None)
    return None


def _number(element: _Element | None, default: int) -> int:
    value = "" if element is None else local_attribute(element, "val") or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _goes_on(merge: _Element | None) -> bool:
    return merge is not None and local_attribute(merge, "val") in (None, "continue")


def _is_on(element: _Element | None) -> bool:
    return element is not None and local_attribute(element, "val") not in _OFF


def _is_unseen(element: _Element, name: str) -> bool:
    if name == "r":
        return _is_on(_property(element, "rPr", "vanish"))
    if name == "tr":
        return _property(element, "trPr", "del") is not None or _is_on(_property(element, "trPr", "hidden"))
    return False


def _is_apart(run: _Element) -> bool:
    """Whether the run is a raised mark or struck out: it must not become digits of the number beside it."""
    position = _property(run, "rPr", "vertAlign")
    if position is not None and local_attribute(position, "val") in ("superscript", "subscript"):
        return True
    return _is_on(_property(run, "rPr", "strike")) or _is_on(_property(run, "rPr", "dstrike"))
