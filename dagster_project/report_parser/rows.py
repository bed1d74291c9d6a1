"""From items to cells: which values belong to which printed row.

Labels anchor the values: a row's values are those between its label and the next. As many values as columns are read in order.
Fewer are read by their positions, where the layout shows positions that the other rows of the table confirm. Otherwise
the row stays unread: a wrong figure is worse than a missing one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from .form import Row
from .items import Item, Kind, Stream
from .model import CellState
from .numbers import Token

_NUMBERING = re.compile(r"[\d一二三四五六七八九十①-⑳()、.:,]*")
_MAX_STRAY_TEXT = 4
"""Longer unknown words between a label and its values may be the label of another row, so the values are not the first one's.
Shorter ones are pieces of a group label (度办理, 公开) that a vertical cell spreads over the rows."""

_Shape = tuple[int, int, int]
"""Rows printed alike: (the label's cell, cells after it, columns of the form)."""

_Leads = Mapping[_Shape, int]
"""How many empty cells stand between label and values in the rows of a shape. Told only where the values of all these rows,
taken together, span exactly the columns of the form; then the first and the last column are known."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What follows a row's label. `cells` has an item per column, or is None where the row stays unread; `printed` is then what
    stands there."""

    row: Row
    line: int
    cells: tuple[Item, ...] | None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A label as found: its last item, and the items of its row that are not part of the label."""

    row: Row
    label: Item
    body: tuple[Item, ...]


def read_rows(stream: Stream, rows: tuple[Row, ...], furniture: str, start: int, end: int) -> list[RowReading]:
    """The rows whose labels stand in `stream.labels[start:end]`, in printed order.

    `furniture` is an expression for the labels that have no cells: group labels and column headings.
    """
    by_code = {row.code: row for row in rows}
    matches = list(_label_pattern(rows, furniture).finditer(stream.labels, start, end))
    known = bytearray(len(stream.labels))
    for match in matches:
        known[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    labels = [(match.start(), match.end(), by_code[match.lastgroup]) for match in matches if match.lastgroup]
    found = _split_at_labels(stream, labels, known, end)
    leads = _leads(found)
    return [_read_row(labelled, leads) for labelled in found]


@cache
def _label_pattern(rows: tuple[Row, ...], furniture: str) -> re.Pattern[str]:
    return re.compile("|".join([*(f"(?P<{row.code}>{row.pattern})" for row in rows), furniture]))


def _split_at_labels(
    stream: Stream, labels: Sequence[tuple[int, int, Row]], known: bytearray, end: int
) -> list[_Labelled]:
    """Each label with what follows it up to the next; a value printed inside a wrapped label belongs to that label.

    The last row of a table ends at the first words that are no label: what follows is prose, and its figures are not cells.
    """
    texts = [(item.offset, index) for index, item in enumerate(stream.items) if item.kind is Kind.TEXT]
    offsets = [offset for offset, _ in texts]

    def index_at(offset: int) -> int:
        """Index of the item whose text covers `offset` of the label text."""
        return texts[bisect_right(offsets, offset) - 1][1]

    stop = index_at(end - 1) + 1 if end < len(stream.labels) else len(stream.items)
    starts = [index_at(start) for start, _, _ in labels] + [stop]
    found = []
    for number, (_, label_end, row) in enumerate(labels):
        last = index_at(label_end - 1)
        body = []
        for index in range(starts[number], starts[number + 1]):
            item = stream.items[index]
            if item.kind is not Kind.TEXT:
                body.append(item)
            elif index > last and not _is_known(item, known):
                if number == len(labels) - 1 and item.row != stream.items[last].row:
                    break
                body.append(item)
        found.append(_Labelled(row, stream.items[last], tuple(body)))
    return found


def _is_known(item: Item, known: bytearray) -> bool:
    unknown = "".join(
        char
        for char, is_known in zip(item.text, known[item.offset : item.offset + len(item.text)], strict=True)
        if not is_known
    )
    return bool(_NUMBERING.fullmatch(unknown))


def _leads(found: Sequence[_Labelled]) -> _Leads:
    filled: dict[_Shape, set[int]] = defaultdict(set)
    for labelled in found:
        cells = _cells_beside(labelled)
        filled[_shape(labelled, cells)].update(index for index, item in enumerate(cells) if item.kind is Kind.VALUE)
    return {
        shape: min(positions)
        for shape, positions in filled.items()
        if positions and max(positions) - min(positions) + 1 == shape[2]
    }


def _shape(labelled: _Labelled, cells: Sequence[Item]) -> _Shape:
    return labelled.label.cell, len(cells), len(labelled.row.columns)


def _cells_beside(labelled: _Labelled) -> list[Item]:
    """The items right of the label in its own physical row."""
    return [item for item in labelled.body if item.row == labelled.label.row and item.cell > labelled.label.cell]


def _read_row(labelled: _Labelled, leads: _Leads) -> RowReading:
    width = len(labelled.row.columns)
    cells = _in_order(labelled, width) or _by_position(labelled, width, leads) or _all_blank(labelled, width)
    printed = " ".join(item.raw for item in labelled.body if item.raw)
    return RowReading(labelled.row, labelled.label.line, tuple(cells) if cells else None, printed)


def _in_order(labelled: _Labelled, width: int) -> list[Item] | None:
    """The row's values when there are as many as columns: all of them, or all in one physical row."""
    beside = _values([item for item in labelled.body if item.row == labelled.label.row])
    if len(beside) == width:
        return beside
    values = _values(labelled.body)
    if len(values) < width:
        return None
    between = labelled.body[: labelled.body.index(values[-1])] if values[-1] in labelled.body else labelled.body
    if any(item.kind is Kind.TEXT and len(item.text) > _MAX_STRAY_TEXT for item in between):
        return None
    if len(values) == width:
        return values
    by_row: dict[int, list[Item]] = defaultdict(list)
    for item in values:
        by_row[item.row].append(item)
    complete = [group for group in by_row.values() if len(group) == width]
    others = [item for group in by_row.values() if len(group) != width for item in group]
    # A lone figure on a line of its own beside a complete row is a page number.
    return complete[0] if len(complete) == 1 and width > 1 and all(item.alone for item in others) else None


def _values(items: Sequence[Item]) -> list[Item]:
    """Figures and dashes; glued zeros are as many cells as digits."""
    values = []
    for item in items:
        if item.kind is Kind.VALUE:
            values.append(item)
        elif item.kind is Kind.ZEROS:
            zero = item._replace(kind=Kind.VALUE, raw="0", token=Token(CellState.NUMBER, Decimal(0)))
            values.extend([zero] * len(item.text))
    return values


def _by_position(labelled: _Labelled, width: int, leads: _Leads) -> list[Item] | None:
    """The row's cells when some are empty or hold words, and the layout tells which."""
    label = labelled.label
    cells = _cells_beside(labelled)
    if not any(item.kind is not Kind.EMPTY for item in cells):
        rows_below = {item.row for item in labelled.body if item.row > label.row and item.kind is not Kind.EMPTY}
        if len(rows_below) != 1:
            return None
        row_below = rows_below.pop()
        cells = [item for item in labelled.body if item.row == row_below]
        # Values under a heading end where the heading ends; cells beyond it are padding.
        cells = cells[: label.cell + 1] if label.cell + 1 == width else cells
    elif (lead := leads.get(_shape(labelled, cells))) is not None:
        if any(item.kind is not Kind.EMPTY for item in (*cells[:lead], *cells[lead + width :])):
            return None
        cells = cells[lead : lead + width]
    elif any(lead for (cell, _, _), lead in leads.items() if cell == label.cell):
        return None
    is_one_item_a_cell = len({item.cell for item in cells}) == len(cells)
    return cells if len(cells) == width and is_one_item_a_cell else None


def _all_blank(labelled: _Labelled, width: int) -> list[Item] | None:
    """An item per column when nothing at all is printed in the row."""
    if any(item.kind is not Kind.EMPTY for item in labelled.body):
        return None
    label = labelled.label
    return [Item(Kind.EMPTY, "", "", label.line, label.row, label.cell, label.offset)] * width
