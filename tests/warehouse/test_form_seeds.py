"""The committed seeds are the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.report_parser.form import FORMS
from dagster_project.warehouse.form_seeds import seeds

SEEDS_DIRECTORY = Path(__file__).parents[2] / "dbt" / "seeds"


@pytest.mark.parametrize("name", seeds())
def test_the_committed_seed_is_what_the_form_says(name: str) -> None:
    committed = (SEEDS_DIRECTORY / name).read_text(encoding="utf-8")
    assert committed == seeds()[name], "run python -m dagster_project.warehouse.form_seeds"


def test_the_cell_seed_has_a_row_for_every_cell() -> None:
    cells = sum(len(list(form.cells())) for form in FORMS.values())
    assert len(seeds()["form_cell.csv"].splitlines()) == 1 + cells == 399


def test_the_region_seed_is_the_parsers_own_file() -> None:
    link = SEEDS_DIRECTORY / "region.csv"
    assert link.is_symlink()
    assert link.readlink() == Path("../../dagster_project/report_parser/data/region.csv")
