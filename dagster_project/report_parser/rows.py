"""From items to cells: which values belong to which printed row.

Labels anchor the values: a row's values are those between its label and the next. As many values as columns are read in order.
Fewer are read by their positions, where the layout shows positions that the other rows of the table confirm. Otherwise
the row stays unread: a wrong figure is worse than a missing one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import takewhile

from .form import TOTAL, Row
from .items import Item, Kind, Stream
from .skeleton import FIGURE_MARK

_NUMBERING = re.compile(rf"[\d{FIGURE_MARK}一二三四五六七八九十①-⑳()、.:,]*")
_SENTENCE = re.compile(r"[。;!?]|0\D*,")
_MAX_ROW_ITEMS = 60
"""No row of the form has more; a document may still print a megabyte in one line."""
_MAX_STRAY_TEXT = 4
"""Longer unknown words between a label and its values may be the label of another row, so the values are not the first one's.
Shorter ones are pieces of a group label (度办理, 公开) that a vertical cell spreads over the rows."""

_MANY_ROWS = 10
"""So many rows do not all lose the same cell."""

_KNOWN = "\2"

_Shape = tuple[int, int, int]
"""Rows printed alike: (the label's cell, cells after it, columns of the form)."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What follows a row's label: `cells` has an item per column, or is None where the row stays unread; `body` is all that
    stands there. `line` is that of the label, counted from 0. `is_parted` says that digits without anything between them were
    read as one for each column, because the totals among them confirm it."""

    row: Row
    line: int
    cells: tuple[Item, ...] | None
    body: tuple[Item, ...]
    is_parted: bool = False


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A label as found: its last item, and the items of its row that are not part of the label. `others` are the physical rows
    of these that hold words, but none of the label: figures there are not alone."""

    row: Row
    label: Item
    body: tuple[Item, ...]
    others: frozenset[int]
    own_row: tuple[Item, ...] = field(init=False)
    """The items of the label's own physical row."""

    def __post_init__(self) -> None:
        own_row = self.label.row
        object.__setattr__(self, "own_row", tuple([item for item in self.body if item.row == own_row]))


@dataclass(frozen=True, slots=True)
class _Habits:
    """How the rows of one table are printed. `are_singles_beside`: single values stand in the line of their label;
    `are_values_first`: values stand above their labels, so what follows a label is not its own."""

    whole: frozenset[_Shape]
    are_singles_beside: bool
    are_values_first: bool
    cut: Cut | None
    heading_cells: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Cut:
    """The document ends in the table's last line, without a line break: its last figure may have lost digits.

    `is_certain` says that it has not, for it is a 0: only a count that begins with 0 has no more digits.
    """

    is_certain: bool


def read_rows(
    stream: Stream, rows: tuple[Row, ...], furniture: str, cut: Cut | None, groups: Sequence[str] = ()
) -> list[RowReading]:
    """The rows whose labels stand in the stream, in printed order.

    `furniture` is an expression for the labels that have no cells: group labels and column headings. `groups` are the group
    labels, whose pieces may stand between those of a row's label where a narrow column breaks both over lines. So a row that
    could not be read is sought once more without these pieces; figures that other rows have are not taken from them.
    """
    readings = _read_rows(stream, rows, furniture, cut)
    read = {reading.row.code for reading in readings if reading.cells}
    if len(read) == len(rows) or not groups:
        return readings
    taken = {item.figure for reading in readings for item in reading.cells or () if item.figure is not None}
    second = [
        reading
        for reading in _read_rows(_without_pieces(stream, _pieces(tuple(groups))), rows, furniture, cut)
        if reading.row.code not in read and reading.cells and taken.isdisjoint(item.figure for item in reading.cells)
    ]
    found = {reading.row.code for reading in second}
    return [reading for reading in readings if reading.row.code not in found] + second


@cache
def _pieces(groups: tuple[str, ...]) -> frozenset[str]:
    """What a line may hold of a group label that is broken over lines."""
    return frozenset(
        group[start:end] for group in groups for start in range(len(group)) for end in range(start + 2, len(group) + 1)
    ) - {"其他"}


def _without_pieces(stream: Stream, pieces: frozenset[str]) -> Stream:
    """The stream without the words at the beginning of lines that are pieces of group labels; their rows still count as worded."""
    items: list[Item] = []
    labels: list[str] = []
    offset, last_row = 0, 0
    for item in stream.items:
        if item.kind is Kind.TEXT and item.row != last_row and item.text in pieces:
            last_row = item.row
            continue
        last_row = item.row
        items.append(item._replace(offset=offset))
        if item.kind is Kind.TEXT:
            labels.append(item.text)
            offset += len(item.text)
    return replace(stream, items=tuple(items), labels="".join(labels))


def _read_rows(stream: Stream, rows: tuple[Row, ...], furniture: str, cut: Cut | None) -> list[RowReading]:
    by_code = {row.code: row for row in rows}
    matches = list(_label_pattern(rows, furniture).finditer(stream.labels))
    unknown = _masked(stream.labels, matches)
    labels = [(match.start(), match.end(), by_code[match.lastgroup]) for match in matches if match.lastgroup]
    found = _split_at_labels(stream, labels, unknown)
    habits = _Habits(
        whole=_whole_shapes(found),
        are_singles_beside=any(len(one.row.columns) == len(_values(one.own_row)) == 1 for one in found),
        are_values_first=bool(found) and _has_values_before(stream, found[0]),
        cut=cut,
        heading_cells=_heading_cells(stream, found),
    )
    return [_read_row(labelled, habits, stream.last_line) for labelled in found]


def _has_values_before(stream: Stream, first: _Labelled) -> bool:
    """Whether a row of values stands between the table's start and its first label."""
    before = takewhile(lambda item: item.row < first.label.row, stream.items)
    return len(_values(list(before))) >= len(first.row.columns)


def _heading_cells(stream: Stream, found: Sequence[_Labelled]) -> tuple[int, ...] | None:
    """The cells under which the values of all rows stand, where the headings tell them.

    In a grid the columns are known. In other rows of cells they are where every row, the headings' and the labels', has the
    same number of cells: then none has lost one.
    """
    if len({one.row.columns for one in found}) != 1:
        return None
    first = found[0].label.row
    texts: dict[tuple[int, int], str] = defaultdict(str)
    width: dict[int, int] = {}
    for item in stream.items:
        width[item.row] = item.cell + 1
        if item.row < first and item.kind is Kind.TEXT:
            texts[item.row, item.cell] += item.text
    cells, rows = [], {one.label.row for one in found}
    for column in found[0].row.columns:
        places = [place for place, text in texts.items() if text == column.zh]
        if len(places) != 1:
            return None
        rows.add(places[0][0])
        cells.append(places[0][1])
    is_regular = found[0].label.is_grid or len({width[row] for row in rows}) == 1
    return tuple(cells) if is_regular and cells == sorted(set(cells)) else None


def _masked(labels: str, matches: Sequence[re.Match[str]]) -> str:
    """The label text with every character that is part of a known label masked."""
    pieces, end = [], 0
    for match in matches:
        pieces += [labels[end : match.start()], _KNOWN * (match.end() - match.start())]
        end = match.end()
    return "".join(pieces) + labels[end:]


@cache
def _label_pattern(rows: tuple[Row, ...], furniture: str) -> re.Pattern[str]:
    return re.compile("|".join([*(f"(?P<{row.code}>{row.pattern})" for row in rows), furniture]))


def _split_at_labels(stream: Stream, labels: Sequence[tuple[int, int, Row]], unknown: str) -> list[_Labelled]:
    """Each label with what follows it up to the next; a value printed inside a wrapped label belongs to that label.

    The last row of a table ends at the first words that are no label: what follows is prose, and its figures are not cells.
    """
    texts = [(item.offset, index) for index, item in enumerate(stream.items) if item.kind is Kind.TEXT]
    offsets = [offset for offset, _ in texts]

    def index_at(offset: int) -> int:
        """Index of the item whose text covers `offset` of the label text."""
        return texts[bisect_right(offsets, offset) - 1][1]

    starts = [index_at(start) for start, _, _ in labels] + [len(stream.items)]
    found = []
    for number, (_, label_end, row) in enumerate(labels):
        last = index_at(label_end - 1)
        if _stands_in_prose(stream.items, starts[number], unknown):
            continue
        label = stream.items[last]
        # 行政处罚6件: figures that no rule takes apart, yet the row is not blank.
        own = label_end - label.offset
        rest = label._replace(text=label.text[own:], place=label.place + own)
        body = [rest] if _is_unread_figure(rest) else []
        for index in range(starts[number], starts[number + 1]):
            item = stream.items[index]
            if body and _is_glued(body[-1], item):
                body[-1] = body[-1]._replace(text=body[-1].text + item.text)  # 约5 is no 5
            elif item.kind is not Kind.TEXT:
                body.append(item)
            elif index > last and not _is_known(item, unknown) and not _numbers_next(stream.items, index):
                if number == len(labels) - 1 and item.row != label.row and not _is_unread_figure(item):
                    break
                body.append(item)
        own_rows = range(stream.items[starts[number]].row, label.row + 1)
        others = frozenset(item.row for item in body if item.row in stream.worded and item.row not in own_rows)
        found.append(_Labelled(row, label, tuple(body), others))
    return found


def _is_glued(words: Item, figure: Item) -> bool:
    """Whether a figure hangs on these words; on a label it is the label's, on other words it may say less than a figure."""
    is_next = words.row == figure.row and words.place + len(words.text) == figure.place
    return is_next and words.kind is Kind.TEXT and figure.kind is Kind.VALUE and figure.figure is None


def _stands_in_prose(items: Sequence[Item], start: int, unknown: str) -> bool:
    """Whether the label that begins at item `start` is a word of a sentence (…办理行政许可 5 件，行政处罚 3 件。)."""
    label = items[start]
    first, end = start, start + 1
    while first > max(0, start - _MAX_ROW_ITEMS) and _share_cell(items[first - 1], label):
        first -= 1
    while end < min(len(items), start + _MAX_ROW_ITEMS) and _share_cell(items[end], label):
        end += 1
    before = "".join(_unknown_text(item, unknown) for item in items[first:start])
    rest = "".join("0" if item.kind is Kind.VALUE else _unknown_text(item, unknown) for item in items[start:end])
    return len(before) > _MAX_STRAY_TEXT or bool(_SENTENCE.search(rest))


def _share_cell(one: Item, other: Item) -> bool:
    return (one.row, one.cell) == (other.row, other.cell)


def _unknown_text(item: Item, unknown: str) -> str:
    """What of an item's text is no part of a label; nothing of what is no text."""
    if item.kind is not Kind.TEXT:
        return ""
    return unknown[item.offset : item.offset + len(item.text)].replace(_KNOWN, "")


def _is_known(item: Item, unknown: str) -> bool:
    """Whether an item is part of a label, its number aside."""
    rest = _unknown_text(item, unknown)
    return len(rest) < len(item.text) and bool(_NUMBERING.fullmatch(rest))


def _numbers_next(items: Sequence[Item], index: int) -> bool:
    """Whether an item is only the number of the words that follow it in its row."""
    following = items[index + 1] if index + 1 < len(items) else None
    is_before_words = following and following.kind is Kind.TEXT and following.row == items[index].row
    return bool(is_before_words and _NUMBERING.fullmatch(items[index].text))


def _whole_shapes(found: Sequence[_Labelled]) -> frozenset[_Shape]:
    """The shapes whose rows lost no cell: an empty first or last cell is then a column left blank.

    No row with its label in the same place may be longer, for then a short row may be a long one that lost a cell. Where there
    is a cell for each column and none to spare, the contents of all rows of the shape, taken together, must also reach from the
    first to the last column, unless all rows of a long table are so.
    """
    filled: dict[_Shape, set[int]] = defaultdict(set)
    for labelled in found:
        cells = _cells_beside(labelled)
        filled[_shape(labelled, cells)].update(index for index, item in enumerate(cells) if item.kind is not Kind.EMPTY)
    is_even = len(found) >= _MANY_ROWS and all(count == width for _, count, width in filled)
    longest: dict[tuple[int, int], int] = defaultdict(int)
    for label_cell, count, width in filled:
        longest[label_cell, width] = max(longest[label_cell, width], count)
    return frozenset(
        shape
        for shape, positions in filled.items()
        if shape[1] == longest[shape[0], shape[2]]
        and (is_even or shape[1] > shape[2] or {0, shape[2] - 1} <= positions)
    )


def _shape(labelled: _Labelled, cells: Sequence[Item]) -> _Shape:
    return labelled.label.cell, len(cells), len(labelled.row.columns)


def _cells_beside(labelled: _Labelled) -> list[Item]:
    """The items right of the label in its own physical row."""
    return [item for item in labelled.own_row if item.cell > labelled.label.cell]


def _read_row(labelled: _Labelled, habits: _Habits, last_line: int) -> RowReading:
    width = len(labelled.row.columns)
    cells = (
        _in_order(labelled, width)
        or _by_position(labelled, width, habits.whole)
        or _under_headings(labelled, habits.heading_cells)
        or _all_blank(labelled, width)
    )
    parted = None if cells else _parted(labelled, width)
    cells = cells or parted
    if cells and _is_doubtful(labelled, cells, habits, last_line):
        cells = None
    return RowReading(labelled.row, labelled.label.line, tuple(cells) if cells else None, labelled.body, bool(parted))


def _is_doubtful(labelled: _Labelled, cells: Sequence[Item], habits: _Habits, last_line: int) -> bool:
    """Whether the table's other rows, or the document's end, speak against these cells."""
    if habits.cut and cells[-1].line == last_line:
        is_count = labelled.row.columns[-1].unit == "件"
        if not (is_count and habits.cut.is_certain and cells[-1].kind is Kind.VALUE):
            return True
    is_beside = any(item.kind is not Kind.EMPTY and item.row == labelled.label.row for item in cells)
    if habits.are_values_first and not is_beside:
        return True
    # Where single values stand beside their labels, a lone figure on the next line is a page number.
    return len(cells) == 1 and cells[0].alone and not is_beside and habits.are_singles_beside


def _in_order(labelled: _Labelled, width: int) -> list[Item] | None:
    """The row's values when there are as many as columns: all of them, or all in one physical row."""
    own_row = labelled.own_row
    beside = _values(own_row)
    if len(beside) == width:
        # An empty cell among the values is a cell too, and so is a figure that cannot be read (1 08). Two figures in one cell
        # beside an empty one may be one figure, broken.
        is_unsure = _has_gap(own_row) or any(map(_is_unread_figure, own_row)) or _is_crowded(labelled, own_row)
        return None if is_unsure else beside
    values = _values(labelled.body)
    if len(values) < width or (beside and not labelled.label.is_grid and len(beside) < width):
        return None  # a row that begins beside its label ends there, too
    if any(item.row in labelled.others for item in values):
        return None  # figures beside other words are figures of something else
    between = labelled.body[: labelled.body.index(values[-1])] if values[-1] in labelled.body else labelled.body
    rows_below = {item.row for item in values} - {labelled.label.row}
    if any(item.kind is Kind.TEXT and (len(item.text) > _MAX_STRAY_TEXT or item.row in rows_below) for item in between):
        return None  # figures of a row whose label is not known
    if len(values) == width:
        # A lone figure on a line of its own among figures that share lines may be a page number.
        return values if len({item.alone for item in values}) == 1 and not _has_gap(labelled.body) else None
    by_row: dict[int, list[Item]] = defaultdict(list)
    for item in values:
        by_row[item.row].append(item)
    complete = [group for group in by_row.values() if len(group) == width]
    others = [item for group in by_row.values() if len(group) != width for item in group]
    # A lone figure on a line of its own beside a complete row is a page number.
    return complete[0] if len(complete) == 1 and width > 1 and all(item.alone for item in others) else None


def _is_unread_figure(item: Item) -> bool:
    if item.kind is Kind.DIGITS:
        return not _can_only_be_single(item.text)
    return item.kind is Kind.TEXT and any(char.isdigit() or char == FIGURE_MARK for char in item.text)


def _is_crowded(labelled: _Labelled, own_row: Sequence[Item]) -> bool:
    """Whether one cell holds several figures while a cell beside the label is empty."""
    cells = [item.cell for item in own_row if item.kind is Kind.VALUE]
    return len(set(cells)) < len(cells) and any(
        item.kind is Kind.EMPTY and item.cell > labelled.label.cell for item in own_row
    )


def _has_gap(items: Sequence[Item]) -> bool:
    filled = [index for index, item in enumerate(items) if item.kind is not Kind.EMPTY]
    return filled[-1] - filled[0] + 1 != len(filled)


def _values(items: Sequence[Item]) -> list[Item]:
    """Figures and dashes; glued digits that can only be single ones are as many cells."""
    values = []
    for item in items:
        if item.kind is Kind.VALUE:
            values.append(item)
        elif item.kind is Kind.DIGITS and _can_only_be_single(item.text):
            values.extend(_one_by_one(item))
    return values


def _can_only_be_single(digits: str) -> bool:
    """Whether digits are numbers of one digit each in any reading: no other number begins with 0."""
    return not digits[:-1].strip("0")


def _one_by_one(digits: Item) -> list[Item]:
    """A cell for each of some glued digits."""
    return [
        digits._replace(kind=Kind.VALUE, text=digit, place=digits.place + index)
        for index, digit in enumerate(digits.text)
    ]


def _parted(labelled: _Labelled, width: int) -> list[Item] | None:
    """The digits glued to a label, one for each column, where the totals printed among them confirm that reading."""
    glued = [item for item in labelled.body if item.kind is not Kind.EMPTY]
    totals = [index for index, column in enumerate(labelled.row.columns) if column is TOTAL]
    if len(glued) != 1 or glued[0].figure is not None or len(glued[0].text) != width or not totals:
        return None
    digits = [int(digit) for digit in glued[0].text if digit.isdecimal()]
    starts = [0, *(total + 1 for total in totals[:-1])]
    is_confirmed = len(digits) == width and all(
        sum(digits[start:total]) == digits[total] for start, total in zip(starts, totals, strict=True)
    )
    return _one_by_one(glued[0]) if is_confirmed else None


def _by_position(labelled: _Labelled, width: int, whole: frozenset[_Shape]) -> list[Item] | None:
    """The row's cells when some are empty or hold words, and the layout tells which."""
    label = labelled.label
    cells = _cells_beside(labelled)
    is_whole = _shape(labelled, cells) in whole or (len(cells) == width and all(item.is_grid for item in cells))
    if all(item.kind is Kind.EMPTY for item in cells):
        rows_below = {item.row for item in labelled.body if item.row > label.row and item.kind is not Kind.EMPTY}
        if len(rows_below) != 1:
            return None
        row_below = rows_below.pop()
        if row_below in labelled.others:
            return None  # figures beside other words are figures of something else
        cells = [item for item in labelled.body if item.row == row_below]
        # Under headings that end where the table ends, each value stands below its own heading.
        is_whole = label.cell + 1 == width
        if is_whole and any(item.kind is not Kind.EMPTY for item in cells[width:]):
            return None
        cells = cells[:width] if is_whole else cells
    if [item.cell for item in cells] != list(range(cells[0].cell, cells[0].cell + len(cells))):
        return None
    filled = [index for index, item in enumerate(cells) if item.kind is not Kind.EMPTY]
    # The columns may begin at any cell that leaves none of the contents out.
    starts = range(max(0, filled[-1] - width + 1), min(filled[0], len(cells) - width) + 1)
    if len(starts) != 1:
        return None
    has_full_span = filled[-1] - filled[0] + 1 == width
    return cells[starts[0] : starts[0] + width] if has_full_span or is_whole else None


def _under_headings(labelled: _Labelled, heading_cells: tuple[int, ...] | None) -> list[Item] | None:
    """The cells that begin where the headings do, when there is exactly one for each and no other content beside the label."""
    cells = _cells_beside(labelled)
    if not heading_cells:
        return None
    under = [item for item in cells if item.cell in heading_cells]
    others = [item for item in cells if item.cell not in heading_cells]
    is_sure = tuple(item.cell for item in under) == heading_cells and all(item.kind is Kind.EMPTY for item in others)
    return under if is_sure else None


def _all_blank(labelled: _Labelled, width: int) -> list[Item] | None:
    """An item per column when nothing at all is printed in the row."""
    if any(item.kind is not Kind.EMPTY for item in labelled.body):
        return None
    label = labelled.label
    return [label._replace(kind=Kind.EMPTY, text="")] * width
