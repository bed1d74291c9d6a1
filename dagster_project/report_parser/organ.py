"""What an organ's name says: whether it is one, its level and its type."""

from __future__ import annotations

import re
from functools import lru_cache

from .gazetteer import Gazetteer, NamedPlace
from .model import OrganLevel, OrganType

_ENDINGS = (
    "政府", "行政公署", "行署", "办事处", "会", "办公室", "室", "局", "厅", "委", "办", "中心", "院", "署", "处", "所", "队", "馆", "部",
    "校", "站", "台", "社", "园", "库", "场", "公司", "集团", "大学", "中学", "小学", "师", "兵团", "银行", "行", "监狱", "街道", "镇",
    "乡", "苏木", "县", "市", "区", "旗", "省", "州", "盟",
    "局机关", "厅机关", "委机关",
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
_MAX_NAME = 60
"""A name and the word of its stamp are shorter."""
_REMEMBERED = 4_096
_STAMP = re.compile(r"\((?:盖章|公章|印章|印|章|签章)\)$")
_ENDINGS_OF_GOVERNMENTS = ("政府", "行政公署", "行署", "行政委员会")
_ENDINGS_OF_OFFICES = ("办事处", "街道", "街办", "政府办公室", "政府办公厅", "政府办", "管委会", "管理委员会")
_OFFICE_OF_GOVERNMENT = re.compile(r"[省市县区旗州盟](?:人民)?政府办")
_DESK = re.compile(r"(?:党政综合|党政|综合|政务公开)?(?:办公室|办|科|股)$")
_BRACKETED_ENDING = re.compile(r"\((人民政府|办事处|街道办事处)\)$")
_LEVEL_BY_WORD: tuple[tuple[re.Pattern[str], OrganLevel], ...] = (
    (re.compile(r"街道|街办"), "street"),
    (re.compile(r"[镇乡](?!村)|苏木"), "township"),
    (re.compile(r"[县旗]"), "county"),
    (re.compile(r"自治州|地区|盟"), "city"),
    (re.compile(r"^[^市州县区]{2,6}省|自治区"), "province"),
)
_UNLISTED_TOWNSHIP = re.compile(r"[^镇乡县市区]{1,8}?(?:(街道|街办)|镇|乡|苏木)(?:人民政府|办事处|$)")
_UNLISTED_PLACE = re.compile(r"[^镇乡县市区旗州盟省]{1,8}(?:[镇乡县市区旗州盟省]|街道|苏木)")
"""The list may be younger or older than the report, and it lacks three provinces."""
_BODY = re.compile(
    r"[省市区县州盟旗](?!(?:人民政府|政府|管理局)$)(?:委|..)|(?:国家|中国|中共|国网|中华|[镇乡]|自治[区州县旗])?(?:"
    "人民(?!政府$)|人大|政协|政府|政务|政法|行政|公安|公路|公共|公积金|公证|教育|教体|教科|财政|审计|民政|民族|民宗|司法|发展|发改|经济|经信|"
    "工业|工信|工商|科学|科技|商务|招商|投资|金融|地方|统计|税务|地税|国税|国有|国资|国土|自然|规划|住房|住建|城乡|城市|城管|建设|房产|房管|交通|"
    "运输|水利|水务|农业|农牧|农机|农经|林业|林草|林水|草原|畜牧|牧业|渔业|海洋|海事|港口|港航|航道|民航|铁路|邮政|烟草|盐业|粮食|物资|供销|"
    "文化|文体|文旅|文物|文广|旅游|体育|广播|广电|新闻|卫生|卫健|医疗|医保|中医|疾病|疾控|妇幼|血站|退役|应急|消防|地震|气象|水文|"
    "人力|人社|人事|人才|劳动|社会(?!保障局)|就业|社保|扶贫|乡村|市场|质量|质监|食品|药品|食药|物价|价格|知识|专利|信访|机关|机构|档案|党史|史志|方志|"
    "外事|侨务|台湾|港澳|宗教|统战|宣传|组织|纪委|纪检|监察|巡察|网信|保密|机要|国防|人防|人武|征兵|武装|生态|环境|环保|园林|绿化|"
    "综合|大数据|数据|数字|电子|无线|通信|电力|供电|电网|供水|自来水|供热|燃气|供气|公交|热力|污水|城投|移民|南水北调|"
    "残疾|残联|妇女|妇联|共青团|团委|总工会|工会|红十字|慈善|老龄|老干部|图书|博物|美术|科协|文联|社科|职业|技工|高级|实验|幼儿|"
    "中心.|第[一二三四五六七八九十]|[一二三四五六七八九十]中|开发|高新|经开|新区|园区|管委|驻|目标|绩效|编办|"
    "法制|检察|戒毒|风景|景区|森林|国营|救助|殡葬|福利|婚姻|不动产|土地|矿产|地质|测绘|煤炭|能源|安全|安监"
    ")"
)
"""How the names of bodies begin that give no place: with the word of a level (市教育局) or with one of their own."""
_LEVEL_BY_LENGTH: dict[int, OrganLevel] = {2: "province", 4: "city", 6: "county", 9: "township"}


def clean_organ(printed: str, gazetteer: Gazetteer) -> str | None:
    """The organ that `printed` (without white space) names, or None where it names none."""
    name = printed.strip(":-—_·、,.*#")
    return _organ_called(name, gazetteer) if len(name) <= _MAX_NAME else None


@lru_cache(_REMEMBERED)
def _organ_called(name: str, gazetteer: Gazetteer) -> str | None:
    bare = name
    if name.endswith(")"):
        name = _STAMP.sub("", name)
        bare = _SECOND_NAME.sub("", name)
    if not bare.endswith(_ENDINGS) or not _CHARACTERS.fullmatch(name):
        return None
    if _IN_SENTENCES.search(name) or (_NO_NAME.fullmatch(name) and not gazetteer.place_named_by(name).codes):
        return None
    return name


def is_office_of_government(name: str) -> bool:
    """Whether the name is that of the office of a county's government or a higher one, which may answer for itself or for all of it."""
    return _OFFICE_OF_GOVERNMENT.search(name) is not None


def organ_of_desk(name: str, gazetteer: Gazetteer) -> str | None:
    """The organ that `name` names, or whose inner office it names, which compiles the report or answers for it: 正宁县教育局 of
    正宁县教育局办公室. The office of a county's government is an organ of its own."""
    organ = None if is_office_of_government(name) else clean_organ(_DESK.sub("", name), gazetteer)
    return organ or clean_organ(name, gazetteer)


def is_cut(organ: str, named: NamedPlace, other: str | None, text: str, gazetteer: Gazetteer) -> bool:
    """Whether the name, with which a title begins, is only the rest of a longer one whose beginning is lost.

    It is where the sign-off's name `other` is longer and what it has more ends inside a word (宁县教育局 of 正宁县教育局), and where
    it begins with neither a place nor a word that bodies are called by (育局), unless `text` prints it by itself.
    """
    if other and len(other) > len(organ) and other.endswith(organ):
        place = gazetteer.place_named_by(other)
        rest = other
        for name in place.names:
            rest = rest.removeprefix(name)
            if rest == organ:
                return False
        return bool(place.codes) and clean_organ(other.removesuffix(organ), gazetteer) is None
    if named.codes or _UNLISTED_PLACE.match(organ) or _BODY.match(organ):
        return False
    if any(gazetteer.codes_of_short(organ[:end]) for end in range(2, len(organ))):
        return False  # 新疆生产建设兵团第一师
    return re.search(rf"(?:^|[^\u4e00-\u9fff]|由|公布|发布){re.escape(organ)}(?![\d二年政信的])", text) is None


def completed(organ: str, named: NamedPlace, text: str) -> str:
    """A name that gives only a place means its government or its sub-district office, where the document says so."""
    if match := _BRACKETED_ENDING.search(organ):
        return organ[: match.start()] + match[1]
    if named.codes and not named.rest:
        for ending in ("人民政府", "办事处"):
            if f"{named.names[-1]}{ending}" in text:
                return organ + ending
    return organ


@lru_cache(_REMEMBERED)
def organ_type(organ: str, named: NamedPlace) -> OrganType:
    """A name that is only a place stands for its government, a sub-district's for its office. 管委会 counts as an office."""
    if organ.endswith(_ENDINGS_OF_OFFICES):
        return "office"
    if organ.endswith(_ENDINGS_OF_GOVERNMENTS) or (named.codes and not named.rest):
        return "government"
    return "department"


@lru_cache(_REMEMBERED)
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
