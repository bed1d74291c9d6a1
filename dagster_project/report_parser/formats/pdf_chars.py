"""The characters of a pdf page, read by two libraries so that none is lost.

pdfplumber's reader leaves out, without a word, the characters that its code tables lack (the minus sign in the faces of common
writing programs), and takes what follows for other characters. On a page where pdfium sees more, pdfium's characters count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from .pdf_lines import Char

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pypdfium2 import PdfDocument, PdfTextPage
    from pypdfium2.raw import FS_MATRIX, FS_RECTF

UNREAD = "\ufffd"
"""Stands for a character that no font table names."""
MAX_UNREAD = 0.2
"""The share of characters that no font table names, from which on there is no text to speak of."""
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_AS_PRINTED = {0: UNREAD, 2: "-"}
"""pdfium's code 2 is a hyphen at the end of a line, or the dash in the last cell of a row."""
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LOW_SURROGATES = range(0xDC00, 0xE000)
_MAX_TILT = 0.02
"""The slope of a line of text on a page that was not quite straight."""


@contextmanager
def second_reading(data: bytes) -> Iterator[PdfDocument | None]:
    """The file as pdfium opens it; None where only pdfplumber can."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError:
        yield None
        return
    with closing(document):
        yield document


def printed_chars(page: Page, other: PdfDocument | None) -> list[Char]:
    """All characters of the page, in the order of one of its readers; places as pdfplumber counts them.

    A character that no font table names is U+FFFD.
    """
    chars = [_char(each) for each in page.chars]
    if other is None or page.page_number > len(other) or _is_unreadable(chars):
        return chars
    textpage = other[page.page_number - 1].get_textpage()
    texts = _texts(textpage)
    missing = Counter("".join(texts)) - Counter("".join(char.text for char in chars))
    return _pdfium_chars(page, textpage, texts) if "".join(missing).strip() else chars


def _is_unreadable(chars: list[Char]) -> bool:
    """Whether the font tables name too few of the characters; what one library makes of them then is anybody's guess."""
    return sum(char.text == UNREAD for char in chars) > len(chars) * MAX_UNREAD


def _texts(textpage: PdfTextPage) -> list[str]:
    """What pdfium reads for each of its characters; a pair of surrogates is one character, and nothing."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(raw.FPDFText_CountChars(textpage))]
    texts = [_AS_PRINTED.get(code) or chr(code) for code in codes]
    for index, code in enumerate(codes):
        if code in _LOW_SURROGATES:
            is_pair = index and codes[index - 1] in _HIGH_SURROGATES
            texts[index] = UNREAD
            if is_pair:
                texts[index - 1] = chr(0x10000 + (codes[index - 1] - 0xD800) * 0x400 + code - 0xDC00)
                texts[index] = ""
        elif code in _HIGH_SURROGATES:
            texts[index] = UNREAD
    return texts


def _pdfium_chars(page: Page, textpage: PdfTextPage, texts: list[str]) -> list[Char]:
    from pypdfium2 import raw

    place = _placing(page)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    chars: list[Char] = []
    for index, text in enumerate(texts):
        if not text or raw.FPDFText_IsGenerated(textpage, index) > 0:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        x0, x1, top, bottom, is_upright = place(box, matrix)
        is_named = raw.FPDFText_HasUnicodeMapError(textpage, index) <= 0
        chars.append(Char(text if is_named else UNREAD, x0, x1, top, bottom, is_upright))
    return chars


def _placing(page: Page) -> Callable[[FS_RECTF, FS_MATRIX], tuple[float, float, float, float, bool]]:
    """From places in the file to places on the page as pdfplumber counts them: after the page is turned."""
    left, low, right, high = page.page_obj.mediabox
    a, b, c, d, e, f = {
        90: (0, -1, 1, 0, -low, right),
        180: (-1, 0, 0, -1, right, high),
        270: (0, 1, -1, 0, high, -left),
    }.get(page.rotation, (1, 0, 0, 1, -left, -low))
    margin, foot = page.mediabox[0], page.mediabox[1] + page.height

    def place(box: FS_RECTF, matrix: FS_MATRIX) -> tuple[float, float, float, float, bool]:
        x0, x1 = sorted((a * box.left + c * box.bottom + e, a * box.right + c * box.top + e))
        y0, y1 = sorted((b * box.left + d * box.bottom + f, b * box.right + d * box.top + f))
        is_upright = _is_upright(a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b)
        return margin + x0, margin + x1, foot - y1, foot - y0, is_upright

    return place


def _char(char: dict[str, Any]) -> Char:
    text = UNREAD if _UNMAPPED.match(char["text"]) else char["text"]
    across, tilt = char["matrix"][:2]
    return Char(text, char["x0"], char["x1"], char["top"], char["bottom"], _is_upright(across, tilt))


def _is_upright(across: float, tilt: float) -> bool:
    return across > 0 and abs(tilt) < _MAX_TILT * across
