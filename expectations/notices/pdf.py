"""A letter as PDF by reportlab, with the margins and sizes of official documents (GB/T 9704).

Printed in the song face that every reader of Chinese PDF has or replaces by its own: nothing is embedded, so no font file is needed where the
notice is written. What the face cannot print stands as 〓. Text is drawn as it is: reportlab's paragraphs, which take markup, are not used.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate
from reportlab.platypus import Table as PageTable

from .letter import Letter, Line, Role, Table
from .lines import break_lines
from .word import indents

_FACE = "STSong-Light"
_LEFT, _RIGHT, _TOP, _BOTTOM = 28 * mm, 26 * mm, 37 * mm, 35 * mm
_WIDTH = A4[0] - _LEFT - _RIGHT
_BODY = _WIDTH / 28
"""3号 as the standard has it: 28 characters a line, 22 lines a page."""
_LEADING = 28.0
_WIDEST_GAP = 3
"""Characters that may be missing in a line that is still drawn out to the edge."""


@dataclass(frozen=True)
class _Look:
    """How a passage stands: sizes and distances in points. `is_heavy`: its characters are outlined as well as filled, for the song face
    has no bold one, and there is no hei."""

    size: float = _BODY
    leading: float = _LEADING
    side: Literal["left", "centre", "right", "both"] = "left"
    indent: float = 0
    right_indent: float = 0
    before: float = 0
    after: float = 0
    is_heavy: bool = False
    stays_with_next: bool = False


_INDENTED = _Look(indent=2 * _BODY, side="both")
_LOOKS: dict[Role, _Look] = {
    "mark": _Look(side="centre", is_heavy=True),
    "number": _Look(side="centre", after=_LEADING / 2),
    "title": _Look(size=22, leading=36, side="centre", is_heavy=True),
    "addressee": _Look(before=_LEADING),
    "paragraph": _INDENTED,
    "heading": replace(_INDENTED, is_heavy=True, stays_with_next=True),
    "subheading": replace(_INDENTED, stays_with_next=True),
    "closing": replace(_INDENTED, stays_with_next=True),
    "office": _Look(side="right", before=_LEADING, stays_with_next=True),
    "date": _Look(side="right"),
    "attachment": _Look(is_heavy=True),
    "attachment_title": _Look(size=22, leading=36, side="centre", is_heavy=True, after=_LEADING / 2),
    "note": _Look(size=12, leading=18, before=6, side="both"),
}
_CELL = _Look(size=12, leading=17)
_CENTRED_CELL = replace(_CELL, side="centre")


class _Passage(Flowable):  # type: ignore[misc]
    """Text in lines. `lines` are given where it is the rest of a passage that began on the page before."""

    def __init__(self, text: str, look: _Look, lines: list[str] | None = None) -> None:
        super().__init__()
        self._text, self._look, self._lines, self._is_rest = text, look, lines or [], lines is not None
        self.spaceBefore, self.spaceAfter, self.keepWithNext = look.before, look.after, look.stays_with_next

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        look = self._look
        self._room = width - look.right_indent
        if not self._is_rest:
            self._lines = break_lines(self._text, self._width_of, self._room - look.indent, self._room)
        return width, look.leading * len(self._lines)

    def split(self, width: float, height: float) -> list[Flowable]:
        """At least two lines on either page, or all on the next."""
        count = len(self._lines)
        fitting = min(int(height // self._look.leading), count - 2)
        if fitting < 2:
            return []
        begun = _Passage(self._text, replace(self._look, after=0, stays_with_next=False), self._lines[:fitting])
        rest = _Passage(self._text, replace(self._look, before=0, indent=0), self._lines[fitting:])
        begun._ends = False
        return [begun, rest]

    _ends = True
    """Whether the last line is the passage's last, which is not drawn out to the edge."""

    def draw(self) -> None:
        look = self._look
        for number, line in enumerate(self._lines):
            indent = look.indent if number == 0 else 0
            slack = self._room - indent - self._width_of(line)
            is_last = self._ends and number == len(self._lines) - 1
            text = self.canv.beginText()
            text.setFont(_FACE, look.size)
            gap = 0.0
            if look.side == "both" and not is_last and 0 < slack < _WIDEST_GAP * look.size and len(line) > 1:
                gap = slack / (len(line) - 1)
            start = {"centre": slack / 2, "right": slack}.get(look.side, 0) + indent
            text.setTextOrigin(
                start, look.leading * (len(self._lines) - number - 1) + (look.leading - look.size) / 2 + 1
            )
            text.setCharSpace(gap)
            text.setTextRenderMode(2 if look.is_heavy else 0)
            text.textOut(line)
            self.canv.setLineWidth(look.size / 40)
            self.canv.drawText(text)

    def _width_of(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, _FACE, self._look.size))


@cache
def _register_face() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FACE))


def print_pdf(letter: Letter, title: str) -> bytes:
    """The file; `title` is the one in its properties."""
    _register_face()
    saved = io.BytesIO()
    pages = BaseDocTemplate(saved, pagesize=A4, title=title, lang="zh-CN")
    frame = Frame(_LEFT, _BOTTOM, _WIDTH, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    pages.addPageTemplates(PageTemplate(frames=[frame], onPage=_number))
    signed = {part.role: part.text for part in letter if isinstance(part, Line)}
    flow: list[Flowable] = []
    for part in letter:
        flow += [_table(part)] if isinstance(part, Table) else _line(part, signed)
    pages.build(flow)
    return saved.getvalue()


def _number(canvas: Canvas, _: BaseDocTemplate) -> None:
    """The page's number on its outer side, one character from the edge."""
    canvas.setFont(_FACE, 14)
    words, y = f"— {canvas.getPageNumber()} —", _BOTTOM - 7 * mm - 14
    if canvas.getPageNumber() % 2:
        canvas.drawRightString(A4[0] - _RIGHT - 14, y, words)
    else:
        canvas.drawString(_LEFT + 14, y, words)


def _line(line: Line, signed: dict[Role, str]) -> list[Flowable]:
    look = _LOOKS[line.role]
    if line.role in ("office", "date"):
        look = replace(look, right_indent=indents(signed["office"], signed["date"])[line.role])
    passage = _Passage(_drawable(line.text), look)
    return [PageBreak(), passage] if line.role == "attachment" else [passage]


def _table(table: Table) -> Flowable:
    head = [_Passage(_drawable(text), replace(_CENTRED_CELL, is_heavy=True)) for text in table.heading]
    rows = [
        [_Passage(_drawable(text), _CELL if index == 1 else _CENTRED_CELL) for index, text in enumerate(cells)]
        for cells in table.rows
    ]
    widths = [_WIDTH * share / sum(table.shares) for share in table.shares]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    return PageTable([head, *rows], widths, repeatRows=1, style=[*lines, *padding], spaceBefore=8)


def _drawable(text: str) -> str:
    """`text` in characters of the face: it has no minus sign, and none beyond the first 65,536."""
    return "".join("〓" if ord(char) > 0xFFFF else char for char in text).replace("−", "-")
