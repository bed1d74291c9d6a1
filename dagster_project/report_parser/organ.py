"""What an organ's name says: whether it is one, its level and its type."""

from __future__ import annotations

import re

from .gazetteer import Gazetteer, NamedPlace
from .model import OrganLevel, OrganType

_ENDINGS = (
    "政府", "行政公署", "行署", "办事处", "会", "办公室", "室", "局", "厅", "委", "办", "中心", "院", "署", "处", "所", "队", "馆", "部",
    "校", "站", "台", "社", "园", "库", "场", "公司", "集团", "大学", "中学", "小学", "师", "兵团", "银行", "行", "监狱", "街道", "镇",
    "乡", "苏木", "县", "市", "区", "旗", "省", "州", "盟",
)  # fmt: skip
_CHARACTERS = re.compile(r"[\u4e00-\u9fff·、()]{2,40}")
_SECOND_NAME = re.compile(r"\([\u4e00-\u9fff]{2,20}\)$")
_NO_NAME = re.compile(
    r"(?:我|本|该|全|各|某)(?:省|市|州|县|区|旗|镇|乡|街道|局|委|办|厅|院|部门|单位|机关|中心|级).*"
    r"|(?:人民)?政府|政务公开|信息公开|办公室|(?:各|相关|有关|上级)?(?:部门|单位)|省|市|县|区|镇|乡|街道"
)
"""Words that stand before 政府信息公开 for an organ without naming it. 全州县 is told apart by the gazetteer."""
_IN_SENTENCES = re.compile(r"按照|根据|关于|要求|不断|进一步|及时|积极|认真|严格|做好|公布|发布|现将|以及")
"""Words of a sentence, never of an organ's name."""
_STAMP = re.compile(r"\((?:盖章|公章|印章|印|章|签章)\)$")
_TYPE_GOVERNMENT = re.compile(r"(?:政府|行政公署|行署|行政委员会)$")
_TYPE_OFFICE = re.compile(r"(?:办事处|街道|街办|政府办公[室厅]|政府办|管委会|管理委员会)$")
_BRACKETED_ENDING = re.compile(r"\((人民政府|办事处|街道办事处)\)$")
_LEVEL_BY_WORD: tuple[tuple[re.Pattern[str], OrganLevel], ...] = (
    (re.compile(r"街道|街办"), "street"),
    (re.compile(r"[镇乡](?!村)|苏木"), "township"),
    (re.compile(r"[县旗]"), "county"),
    (re.compile(r"自治州|地区|盟"), "city"),
    (re.compile(r"^[^市州县区]{2,6}省|自治区"), "province"),
)
_UNLISTED_TOWNSHIP = re.compile(r"[^镇乡县市区]{1,8}?(?:(街道|街办)|镇|乡|苏木)(?:人民政府|办事处|$)")
_LEVEL_BY_LENGTH: dict[int, OrganLevel] = {2: "province", 4: "city", 6: "county", 9: "township"}


def clean_organ(printed: str, gazetteer: Gazetteer) -> str | None:
    """The organ that `printed` (without white space) names, or None where it names none."""
    name = printed.strip(":-—_·、,.*#")
    bare = name
    if name.endswith(")"):
        name = _STAMP.sub("", name)
        bare = _SECOND_NAME.sub("", name)
    if not bare.endswith(_ENDINGS) or not _CHARACTERS.fullmatch(name):
        return None
    if _IN_SENTENCES.search(name) or (_NO_NAME.fullmatch(name) and not gazetteer.place_named_by(name).codes):
        return None
    return name


def completed(organ: str, named: NamedPlace, text: str) -> str:
    """A name that gives only a place means its government or its sub-district office, where the document says so."""
    if match := _BRACKETED_ENDING.search(organ):
        return organ[: match.start()] + match[1]
    if named.codes and not named.rest:
        for ending in ("人民政府", "办事处"):
            if f"{named.names[-1]}{ending}" in text:
                return organ + ending
    return organ


def organ_type(organ: str, named: NamedPlace) -> OrganType:
    """A name that is only a place stands for its government, a sub-district's for its office. 管委会 counts as an office."""
    if _TYPE_OFFICE.search(organ):
        return "office"
    if _TYPE_GOVERNMENT.search(organ) or (named.codes and not named.rest):
        return "government"
    return "department"


def organ_level(organ: str, named: NamedPlace, code: str | None) -> OrganLevel | None:
    """The level of the place that the organ serves: what the name says of a township that the list lacks, then the level of
    its resolved place `code` or of all the places it may mean, then a word like 镇 in the name. A 市 that no list knows may be
    a city or a county: None."""
    if match := _UNLISTED_TOWNSHIP.match(named.rest):
        return "street" if match[1] else "township"
    lengths = {len(code)} if code else {len(candidate) for candidate in named.codes}
    if len(lengths) == 1:
        level = _LEVEL_BY_LENGTH[lengths.pop()]
        return "street" if level == "township" and ("街道" in organ or organ.endswith("办事处")) else level
    return next((level for word, level in _LEVEL_BY_WORD if word.search(organ)), None)
