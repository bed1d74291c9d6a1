"""Which formulas of a sheet have a result that can be taken for what the sheet shows.

A program that computes nothing leaves the results out (openpyxl), or writes 0 (XlsxWriter) unless it is given another, and has the workbook ask to be computed
when it is opened. So in such a workbook a 0 is believed only where a sum of nothing but zeros has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from .cell_reference import AREA, Place, areas_of

_SUM = re.compile(r"(?:SUM|[(),+\-\s])*", re.IGNORECASE)


class Formula(NamedTuple):
    """A formula without its =, and the result that the file holds: None where it holds none."""

    text: str
    result: str | None


def without_result(formulas: Mapping[Place, Formula], filled: Collection[Place], *, asks: bool) -> dict[Place, Formula]:
    """The formulas that nobody has computed. `filled` are the places of all cells that hold something and no 0; `asks` says that the
    workbook asks to be computed."""
    lacking = {place: formula for place, formula in formulas.items() if formula.result is None}
    if not asks:
        return lacking
    doubtful = {place: formula for place, formula in formulas.items() if formula.result == "0"}
    unknown = {place for place, formula in doubtful.items() if not _SUM.fullmatch(AREA.sub("", formula.text))}
    unknown.update(lacking)
    # What adds up an unknown is unknown as well.
    found: Collection[Place] = {*filled, *unknown}
    while found:
        found = {
            place
            for place, formula in doubtful.items()
            if place not in unknown and any(area.has_any(found) for area in areas_of(formula.text))
        }
        unknown.update(found)
    return {place: formulas[place] for place in unknown}
