"""Whose report it is and on which year, as the prose tells it: for a page whose title and signature were lost on the way.

Read before the first table: who compiled the report, whom to ask about it, who did what in the year. Names that disagree tell nothing,
nor do years. What does not belong here: titles and the sentences that publish one (`title.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .dates import YEAR_ALONE, year_of
from .gazetteer import Gazetteer
from .organ import is_office_of_government, organ_of_desk

_NAME = r"(?P<organ>[\u4e00-\u9fff()]{3,40}?)"
_TELLING = (
    re.compile(rf"由{_NAME}(?:负责|组织|牵头)?(?:编制|编写|编撰|撰写|汇编)"),
    re.compile(rf"(?:由|结合|综合){_NAME}\((?:以下)?简称"),
    re.compile(rf"(?:与|向|联系:?|致电:?|咨询:?){_NAME}(?:联系|咨询|反映|[(,:])"),
    re.compile(rf"(?:^|[。;:]|总体情况){_NAME}{YEAR_ALONE}年?度?的?(?:政府|政务)?信息公开工作"),
    re.compile(
        rf"(?:{YEAR_ALONE}年(?:度|以?来)?,|[领指]导下,|支持下,|总体情况){_NAME}"
        r"(?:认真|坚持|始终|以|全面|严格|深入|根据|依据|按照|在|围绕|高度重视|持续|不断|切实|积极|紧紧|立足|扎实|进一步|把|将|是)"
    ),
)
_NAMED_BY_A_SENTENCE = re.compile(r"《[^《》]{0,200}》")
_ON_YEAR = re.compile(rf"({YEAR_ALONE})年?度?的?(?:政府|政务)?信息公开")
_SENTENCE_OF_YEAR = re.compile(
    rf"(?:^|[。;:)]|总体情况|截[至止]到?)({YEAR_ALONE})年(?:度|全年|以?来)?(?=[,我本全共通]|12月31日)", re.MULTILINE
)
_WITHIN_LINES = re.compile(r"[^\S\n]+")


def organ_told(opening: str, gazetteer: Gazetteer) -> str | None:
    """The one organ that the folded text before the first table speaks of; None where it names none that has a place, or several."""
    names = set(_organs("".join(opening.split()), gazetteer))
    longest = [name for name in names if not any(name != other and name in other for other in names)]
    return longest[0] if len(longest) == 1 else None


def _organs(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    for telling in _TELLING:
        for match in telling.finditer(text):
            name = match["organ"]
            organ = None if is_office_of_government(name) else organ_of_desk(name, gazetteer)
            if organ and gazetteer.place_named_by(organ).codes:
                yield organ


def year_told(opening: str) -> int | None:
    """The year of 2023年政府信息公开工作 in the folded text before the first table; else the one that sentences begin with, where the first
    of them is also the most frequent."""
    years = set(_ON_YEAR.findall(_NAMED_BY_A_SENTENCE.sub("", "".join(opening.split()))))
    if len(years) == 1:
        return year_of(years.pop())
    begun = _SENTENCE_OF_YEAR.findall(_WITHIN_LINES.sub("", opening))
    if years or not begun:
        return None
    (most, count), *others = Counter(begun).most_common(2)
    is_alone = not others or others[0][1] < count
    return year_of(most) if most == begun[0] and is_alone else None
