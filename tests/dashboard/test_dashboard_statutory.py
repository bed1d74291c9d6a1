"""The printed tables: every cell once, no hole and no overlap in the grid, marks where a rule is broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dash import html
from dash.development.base_component import Component
from known_release import BROKEN_CELLS, CITY_2021, TOWN_2021
from release_builder import Organ, Report, write_release

from dashboard.components.statutory import broken_by_cell, statutory_tables
from dashboard.data.release import Release, Warehouse
from dashboard.data.report import report
from dashboard.i18n import Language, Translator


def _all(component: Component, kind: type) -> Iterator[Component]:
    if isinstance(component, kind):
        yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if isinstance(child, Component):
            yield from _all(child, kind)


def _widths(table: Component) -> list[int]:
    """How many grid columns each row of the table fills, with the cells that reach down into it."""
    rows = list(_all(table, html.Tr))
    widths = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row.children:
            for below in range(getattr(cell, "rowSpan", 1)):
                widths[at + below] += getattr(cell, "colSpan", 1)
    return widths


def _tables(release: Release, key: str, language: Language = "zh") -> list[Component]:
    found = report(release, key)
    assert found is not None
    return statutory_tables(Translator(language), found.cells, broken_by_cell(found.results))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("year", "cells"), [(2019, 198), (2021, 200)])
def test_the_grid_of_each_table_is_whole(
    tmp_path_factory: pytest.TempPathFactory, year: int, cells: int, language: Language
) -> None:
    warehouse = tmp_path_factory.mktemp("forms")
    organ = Organ("青铜峡市人民政府", "640381", ("宁夏回族自治区", "吴忠市", "青铜峡市", None))
    shown = Report(organ, year)
    write_release(warehouse, "run-1", [shown])
    tables = _tables(Warehouse(warehouse).current(), shown.key, language)
    assert [set(_widths(table)) for table in tables] == [{7}, {10}, {15}]
    names = [cell.id for table in tables for cell in _all(table, html.Td)]
    assert len(names) == len(set(names)) == cells


def test_cells_show_the_print_and_its_state(release: Release) -> None:
    cells = {cell.id: cell for table in _tables(release, TOWN_2021.key) for cell in _all(table, html.Td)}
    fee = cells["cell-disclosure-fees-amount"]
    assert fee.children[0].children == "976.81万元"
    assert "is-blank" in cells["cell-dispute-reconsideration-total"].className
    assert cells["cell-dispute-reconsideration-total"].children[0].children == ""
    assert "is-dash" in cells["cell-application-granted-research"].className
    assert "is-absent" in cells["cell-application-granted-commercial"].className


def test_cells_of_a_broken_rule_are_marked_with_its_name_and_sides(release: Release) -> None:
    cells = [cell for table in _tables(release, TOWN_2021.key) for cell in _all(table, html.Td)]
    marked = {cell.id: cell for cell in cells if "is-broken" in cell.className}
    assert set(marked) == {f"cell-{name.replace('.', '-')}" for name in BROKEN_CELLS}
    for cell in marked.values():
        assert cell.children[1].children == ["⚠", "H1"]
        assert "H1 收支平衡：2 ≠ 1" in getattr(cell, "data-tip")


def test_a_sound_report_has_no_mark(release: Release) -> None:
    cells = [cell for table in _tables(release, CITY_2021.key) for cell in _all(table, html.Td)]
    assert not [cell for cell in cells if "is-broken" in cell.className]
