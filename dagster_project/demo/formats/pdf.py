"""PDF by reportlab on A4 with the reader's own song face: tables ruled or bare, going on over pages below their heading.

Drawn on the canvas line by line: the library's own tables neither break inside a merged cell nor come near the time wanted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ..blocks import PrintedDocument, PrintedTable, Slot, Text
from ..layouts.wrap import wrap

STYLES = ("plain", "unruled")
"""With lines around the cells, or without any."""

_FONT = "STSong-Light"
_WIDTH, _HEIGHT = A4
_MARGIN = 60.0
_TEXT_WIDTH = _WIDTH - 2 * _MARGIN
_FOOT = 40.0
_SIZES = {"title": 18, "heading": 13, "paragraph": 12, "closing": 12, "navigation": 8, "notice": 9}
_LEADING = 1.6
_CELL_SIZE = 8.5
_CELL_LEADING = 11.0
_PADDING = 2.5
_COLUMN_SHARES = {
    "disclosure": (3, 2, 2, 2),
    "application": (2, 2, 5, *[1.5] * 7),
}
"""Relative widths of the columns; those of other tables are equal."""


@cache
def _register_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def _drawable(text: str) -> str:
    """The face has no minus sign, and would print nothing."""
    return text.replace("−", "-")


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The file; `encoding` has no meaning here."""
    _register_font()
    pages = _Pages(document.title, is_ruled=style == "plain")
    for block in document.blocks:
        if isinstance(block, Text):
            pages.add_line(block)
        else:
            pages.add_table(block)
    return pages.close()


class _Pages:
    """The pages as they fill, from the top down; `_y` is where the next thing begins."""

    def __init__(self, title: str, is_ruled: bool) -> None:
        self._saved = io.BytesIO()
        self._canvas = Canvas(self._saved, pagesize=A4, invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setLineWidth(0.5)
        self._is_ruled = is_ruled
        self._page = 1
        self._y = _HEIGHT - _MARGIN

    def close(self) -> bytes:
        self._end_page()
        self._canvas.save()
        return self._saved.getvalue()

    def _end_page(self) -> None:
        self._canvas.setFont(_FONT, 9)
        self._canvas.drawCentredString(_WIDTH / 2, _FOOT, f"- {self._page} -")
        self._canvas.showPage()

    def _new_page(self) -> None:
        self._end_page()
        self._page += 1
        self._y = _HEIGHT - _MARGIN
        self._canvas.setLineWidth(0.5)

    def add_line(self, line: Text) -> None:
        size = _SIZES[line.role]
        indent = "　　" if line.role == "paragraph" else ""
        for part in wrap(indent + line.text, _characters(indent + line.text, _TEXT_WIDTH / size)):
            if self._y - size * _LEADING < _MARGIN:
                self._new_page()
            self._y -= size * _LEADING
            self._canvas.setFont(_FONT, size)
            if line.role == "title":
                self._canvas.drawCentredString(_WIDTH / 2, self._y, part)
            elif line.role == "closing":
                self._canvas.drawRightString(_WIDTH - _MARGIN, self._y, part)
            else:
                self._canvas.drawString(_MARGIN, self._y, _drawable(part))

    def add_table(self, table: PrintedTable) -> None:
        rows = table.slots()
        heading = table.heading_rows
        edges = _edges(table.code, max(slots[-1].column + slots[-1].cell.columns for slots in rows))
        heights = _row_heights(rows, edges)
        self._y -= _CELL_LEADING / 2
        start = 0
        for index in range(len(rows)):
            if self._y - sum(heights[start : index + 1]) < _MARGIN:
                # A heading alone at the foot of a page goes over to the next.
                if index > heading:
                    self._draw(rows, start, index, edges, heights, heading)
                    start = index
                self._new_page()
                if start:
                    self._draw(rows, 0, heading, edges, heights, heading)
        self._draw(rows, start, len(rows), edges, heights, heading)
        self._y -= _CELL_LEADING

    def _draw(
        self,
        rows: list[list[Slot]],
        start: int,
        end: int,
        edges: Sequence[float],
        heights: Sequence[float],
        heading_rows: int,
    ) -> None:
        """The rows from `start` to before `end`; of a merged cell that reaches beyond them, the part that stands in them."""
        tops = [self._y]
        for height in heights[start:end]:
            tops.append(tops[-1] - height)
        for index in range(start, end):
            for slot in rows[index]:
                if slot.origin == index or index == start:
                    last = min(slot.origin + slot.cell.rows, end)
                    # On a new page a merged cell goes on without its text.
                    text = slot.cell.text if slot.origin >= start else ""
                    self._draw_cell(
                        text,
                        edges[slot.column],
                        edges[slot.column + slot.cell.columns],
                        tops[index - start],
                        tops[last - start],
                        is_centred=slot.cell.name is not None or index < heading_rows,
                    )
        self._y = tops[-1]

    def _draw_cell(self, text: str, left: float, right: float, top: float, bottom: float, *, is_centred: bool) -> None:
        if self._is_ruled:
            self._canvas.rect(left, bottom, right - left, top - bottom)
        lines = _cell_lines(text, right - left)
        self._canvas.setFont(_FONT, _CELL_SIZE)
        y = (top + bottom + len(lines) * _CELL_LEADING) / 2 - _CELL_SIZE
        for line in lines:
            if is_centred:
                self._canvas.drawCentredString((left + right) / 2, y, line)
            else:
                self._canvas.drawString(left + _PADDING, y, _drawable(line))
            y -= _CELL_LEADING


def _characters(text: str, ems: float) -> int:
    """How many characters of `text` fill a line of `ems`, Latin letters and digits taking half the room of others."""
    in_text = len(text) - sum(map(str.isascii, text)) / 2
    return max(1, int((ems - 2) * len(text) / in_text)) if text else 1


def _edges(code: str, columns: int) -> list[float]:
    """Where the columns begin, and the right edge of the last."""
    shares = _COLUMN_SHARES.get(code, (1,) * columns)
    edges = [_MARGIN]
    for share in shares:
        edges.append(edges[-1] + _TEXT_WIDTH * share / sum(shares))
    return edges


def _row_heights(rows: list[list[Slot]], edges: Sequence[float]) -> list[float]:
    heights = [_CELL_LEADING + 2 * _PADDING] * len(rows)
    # Cells of one row first: what they leave is made up by the last row of a merged cell.
    placed = [slot for index, slots in enumerate(rows) for slot in slots if slot.origin == index]
    for slot in sorted(placed, key=lambda slot: slot.cell.rows):
        width = edges[slot.column + slot.cell.columns] - edges[slot.column]
        needed = len(_cell_lines(slot.cell.text, width)) * _CELL_LEADING + 2 * _PADDING
        end = min(slot.origin + slot.cell.rows, len(rows))
        heights[end - 1] += max(0.0, needed - sum(heights[slot.origin : end]))
    return heights


def _cell_lines(text: str, width: float) -> list[str]:
    in_width = max(1, int((width - 2 * _PADDING) / _CELL_SIZE))
    return [line for part in text.split("\n") for line in wrap(part, in_width)] if text else []
