"""The short ways through table 3 give what the general way gives, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.report_parser import plan
from dagster_project.report_parser.document import fold
from dagster_project.report_parser.form import APPLICANTS, FORMS, TOTAL, FormVersion
from dagster_project.report_parser.skeleton import FIGURE_MARK
from dagster_project.report_parser.under_headings import read_under_headings

_HEADINGS = [column.zh for column in (*APPLICANTS, TOTAL)]


def _printed(
    version: FormVersion, filled: Iterable[list[bool]], headings: list[str], spacers: int, behind: int
) -> list[list[str]]:
    """The lines of a table, cell by cell: two cells for labels, empty ones, those of the columns, and more empty ones."""
    rows = FORMS[version].by_code["application"].rows
    around = [""] * spacers, [""] * behind
    lines = [["", "申请人情况", *around[0], *[""] * 7, *around[1]], ["", "", *around[0], *headings, *around[1]]]
    for row, cells in zip(rows, filled, strict=True):
        lines.append(
            ["", fold(row.zh), *around[0], *[FIGURE_MARK if is_filled else "" for is_filled in cells], *around[1]]
        )
    return lines


def _read(version: FormVersion, skeleton: str) -> tuple[object, ...]:
    table = FORMS[version].by_code["application"]
    read = plan._plan(table, skeleton, (), None)
    places = range(skeleton.count(FIGURE_MARK) + 2 + len(read.words))
    return (
        read.pick(places) if read.pick else "the next figure each",
        read.lines,
        read.words,
        read.doubts,
        read.parted,
        read.missing,
    )


_version = st.sampled_from(["2019", "2021"])
_spoiled = st.sampled_from(["", "a cell less", "a cell more", "a figure beside", "headings turned", "a line between"])


@given(_version, st.data(), st.integers(0, 2), st.integers(0, 1), st.sampled_from(["\t", " | "]), _spoiled)
@settings(max_examples=300, deadline=None)
def test_the_short_way_is_the_general_one(
    version: FormVersion, data: st.DataObject, spacers: int, behind: int, mark: str, spoiled: str
) -> None:
    rows = len(FORMS[version].by_code["application"].rows)
    cells = st.lists(st.booleans(), min_size=7, max_size=7)
    used = data.draw(cells)  # whole columns may be empty
    filled = [
        [one and other for one, other in zip(used, row, strict=True)]
        for row in data.draw(st.lists(cells, min_size=rows, max_size=rows))
    ]
    headings = _HEADINGS[::-1] if spoiled == "headings turned" else _HEADINGS
    lines = _printed(version, filled, headings, spacers, behind)
    at = data.draw(st.integers(2, len(lines) - 1))
    if spoiled == "a cell less":
        lines[at].pop()
    elif spoiled == "a cell more":
        lines[at].insert(2, "")
    elif spoiled == "a figure beside":
        lines[at].append(FIGURE_MARK)
    elif spoiled == "a line between":
        lines.insert(at, ["说明"])
    skeleton = "\n".join(map(mark.join, lines))
    read = _read(version, skeleton)
    with pytest.MonkeyPatch.context() as patch:
        for short in ("read_complete", "read_under_headings"):
            patch.setattr(plan, short, lambda *_: None)
        assert read == _read(version, skeleton)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_empty_cells_under_headings_are_read_the_short_way(version: FormVersion) -> None:
    table = FORMS[version].by_code["application"]
    filled = [
        [number % 3 == 0, False, number % 2 == 0, False, True, False, number != 4] for number in range(len(table.rows))
    ]
    skeleton = "\n".join(map("\t".join, _printed(version, filled, _HEADINGS, 1, 0)))
    read = read_under_headings(skeleton, table.rows, plan._APPLICATION_FURNITURE)
    assert read is not None
    assert read.filled == tuple(cell for row in filled for cell in row)
    assert read.lines == tuple(range(2, 2 + len(table.rows)))
