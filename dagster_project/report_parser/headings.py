"""What the headings of a table tell: that its columns stand in the form's order, and in which unit its sums of money are.

Where they tell otherwise, figures are not what the form's columns say, and stay unread. Text is that of a skeleton, without white space
for the order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, groupby
from operator import attrgetter

from .form import APPLICANTS, FORMS, Table

UNIT = r"\((?:单位:?)?(?:人民币)?[十百千万亿]{0,2}[元件项]\)"
"""A heading's unit in brackets."""
_UNIT_OF_MONEY = r"(?:人民币)?(?P<unit>[十百千万亿]{0,2}元)"
_UNIT_OF_TABLE = re.compile(rf"单位:?{_UNIT_OF_MONEY}")
_ORGANISATIONS = tuple(column.zh for column in APPLICANTS[1:5])
_LAST_ORGANISATIONS = ("法律服务机构", "其他")
_TOTAL_BEFORE_PERSONS = re.compile(r"总[ \t]?计[^\n自]*自[ \t]?然[ \t]?人")
"""In one line; a line above means nothing, for the cell of the total reaches over all lines of the head."""
_TRACKS = (("行政复议", "行政诉讼"), ("未经复议直接起诉", "复议后起诉"))
_DISPUTE = FORMS["2021"].by_code["dispute"]
_RESULTS = [column.zh for column in _DISPUTE.rows[0].columns]
_RESULT = re.compile("|".join(_RESULTS))
_DISPUTE_HEAD = len("".join([*chain.from_iterable(_TRACKS), *_RESULTS * len(_DISPUTE.rows)]))
_FIRST_ROW = "本年新收"


def are_items_in_order(text: str, table: Table) -> bool:
    """Whether the headings of table 2 stand in the form's order under each of the articles; where some are not found, under the first
    that has them."""
    rows = [next(rows) for _, rows in groupby(table.rows, key=attrgetter("article"))]
    blocks = [[column.zh.removesuffix("件数") for column in row.columns] for row in rows]
    expected = list(chain.from_iterable(blocks))
    found = re.findall("|".join(dict.fromkeys(expected)), text)
    if len(found) == len(expected):
        return found == expected
    return all(_are_in_order(text, block) for block in blocks)


def are_disputes_in_order(text: str) -> bool:
    """Whether the headings of table 4 stand in the form's order: the tracks, and the results, where all of them are found, under each."""
    expected = _RESULTS * len(_DISPUTE.rows)
    found = _RESULT.findall(text)[: len(expected)]
    are_results = len(found) < len(expected) or found == expected
    head = text[:_DISPUTE_HEAD]  # behind it there may be prose
    return are_results and all(_are_in_order(head, tracks) for tracks in _TRACKS)


def are_applicants_in_order(text: str, skeleton: str) -> bool:
    """Whether the headings of table 3 stand in the form's order."""
    head = text.partition(_FIRST_ROW)[0].replace("法人或其他", "")
    are_organisations = _are_in_order(head, _ORGANISATIONS) and _are_in_order(head, _LAST_ORGANISATIONS)
    return are_organisations and not _TOTAL_BEFORE_PERSONS.search(skeleton)


def _are_in_order(text: str, headings: Sequence[str]) -> bool:
    """Whether `headings` stand in their order in the text. One that is not found, for it is wrapped or left out, says nothing."""
    places = [place for heading in headings if (place := text.find(heading)) >= 0]
    return places == sorted(places)


def other_units(table: Table, skeleton: str) -> tuple[tuple[int, str], ...]:
    """The places of the cells of money whose heading, else the table's, prints another unit than the form's, and that unit."""
    if "元" not in skeleton:
        return ()
    text = "".join(skeleton.replace("|", " ").split())
    of_all = _UNIT_OF_TABLE.search(text)
    units = []
    cells = [(row, column) for row in table.rows for column in row.columns]
    for place, (row, column) in enumerate(cells):
        if column.is_money:
            printed = re.search(rf"(?:{column.zh}|{row.zh})\((?:单位:?)?{_UNIT_OF_MONEY}\)", text) or of_all
            if printed and printed["unit"] != column.unit:
                units.append((place, printed["unit"]))
    return tuple(units)
