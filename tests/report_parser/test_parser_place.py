"""Where a report comes from: places of the same name told apart by evidence, and left open without it."""

from __future__ import annotations

import csv
from importlib.resources import files
from time import process_time

import pytest

from dagster_project.report_parser.document import Document
from dagster_project.report_parser.gazetteer import Gazetteer, Override, default_gazetteer
from dagster_project.report_parser.identity import Identity, identify
from dagster_project.report_parser.model import Hints, Region

WEST_SLOPE = ("141029104", "621025107", "621228102")
"""The three townships called 西坡镇."""
ZHENGNING = Region("甘肃省", "庆阳市", "正宁县", "西坡镇", "621025107")


def read(
    title: str,
    prose: str = "我们按要求开展工作。",
    source: str = "a.txt",
    hints: Hints | None = None,
    gazetteer: Gazetteer | None = None,
    sha256: str = "",
) -> Identity:
    text = f"{title}\n\n一、总体情况\n{prose}\n二、主动公开政府信息情况\n第二十条第（一）项\n规章 0 0 0\n六、其他需要报告的事项\n无。\n"
    return identify(Document(text), hints or Hints(), source, sha256, gazetteer or default_gazetteer())


def region_of(title: str, prose: str = "我们按要求开展工作。", source: str = "a.txt") -> str | None:
    return read(title, prose, source).region.code


def codes(identity: Identity) -> set[str]:
    return {finding.code for finding in identity.findings}


TOWN = "西坡镇人民政府2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "prose",
    [
        "群众可以登录正宁县人民政府门户网站查阅。",
        "依托正宁县政府网站公开政务动态。",
        "在正宁县政务公开办指导下完成。",
        "我镇位于庆阳市东部。",
        "联系电话：0934-6123456。",
        "地址：西坡街道南路，邮政编码：745306。",
        "通过“云上正宁”客户端推送消息。",
        "依托“正宁发布”公众号推送消息。",
    ],
    ids=["portal", "government", "county", "city", "area_code", "postcode", "cloud_account", "account"],
)
def test_prose_tells_towns_of_one_name_apart(prose: str) -> None:
    assert read(TOWN, prose).region == ZHENGNING


def test_county_name_broken_over_two_lines() -> None:
    assert read(TOWN, "群众可以登录正宁\n县人民政府门户网站查阅。").region == ZHENGNING


def test_no_evidence_leaves_the_place_open_with_all_candidates() -> None:
    identity = read(TOWN)
    assert identity.region == Region()
    assert identity.candidates == WEST_SLOPE
    assert "place_ambiguous" in codes(identity)
    assert identity.organ_level == "township"


def test_two_candidate_counties_in_prose_without_their_governments_stay_open() -> None:
    identity = read(TOWN, "干部先后到正宁县、两当县学习。")
    assert identity.region == Region()
    assert identity.candidates == ("621025107", "621228102")


def test_own_government_outweighs_a_county_that_was_visited() -> None:
    assert read(TOWN, "干部到两当县学习后，在正宁县人民政府网站公开。").region == ZHENGNING


@pytest.mark.parametrize(
    "source",
    [
        "inbox/甘肃省/庆阳市/正宁县/a.txt",
        "/data/warehouse/inbox/甘肃/庆阳/正宁/a.txt",
        "inbox\\正宁县\\a.txt",
        "inbox/2023-01 甘肃省 庆阳市/a.txt",
        "inbox/正宁县西坡镇2022年.txt",
        "包.zip/庆阳市/a.docx",
    ],
    ids=["full", "short", "backslashes", "words_in_a_folder", "file_name", "in_a_zip"],
)
def test_folders_tell_when_the_text_does_not(source: str) -> None:
    assert read(TOWN, source=source).region == ZHENGNING


def test_prose_goes_before_folders() -> None:
    assert read(TOWN, "在两当县人民政府网站公开。", "inbox/甘肃省/庆阳市/正宁县/a.txt").region.code == "621228102"


def test_sidecar_organ_tells_the_county() -> None:
    assert read(TOWN, hints=Hints(organ="正宁县西坡镇人民政府")).region == ZHENGNING


def test_sidecar_that_repeats_the_name_does_not_hide_the_folder() -> None:
    hints = Hints(organ="西坡镇人民政府")
    assert read(TOWN, source="inbox/甘肃省/庆阳市/正宁县/a.txt", hints=hints).region == ZHENGNING


def test_file_name_that_repeats_the_name_is_no_evidence() -> None:
    identity = read(
        "送庄镇人民政府2022年政府信息公开工作年度报告", "在正宁县网站公开。", "inbox/送庄镇人民政府2022年.txt"
    )
    assert identity.region == Region()


def test_a_town_alone_in_its_name_needs_no_evidence() -> None:
    assert region_of("关店乡人民政府2022年政府信息公开工作年度报告", "在息县网站公开。") == "411528211"


def test_a_town_alone_in_its_name_stays_open_when_the_text_speaks_of_another_county() -> None:
    identity = read("送庄镇人民政府2022年政府信息公开工作年度报告", "在正宁县人民政府网站公开。")
    assert (identity.region, identity.candidates) == (Region(), ("410308103",))


def test_a_town_alone_in_its_name_stays_open_in_the_folder_of_another_county() -> None:
    identity = read("送庄镇人民政府2022年政府信息公开工作年度报告", source="inbox/甘肃省/庆阳市/正宁县/a.txt")
    assert (identity.region, identity.candidates) == (Region(), ("410308103",))


@pytest.mark.parametrize(
    ("organ", "code"),
    [
        ("正宁县教育局", "621025"),
        ("正宁教育局", "621025"),
        ("庆阳市正宁县教育局", "621025"),
        ("甘肃省教育厅", "62"),
        ("庆阳市人民政府", "6210"),
        ("宁夏回族自治区民政厅", "64"),
        ("彭阳白阳镇", "640425100"),
        ("彭阳县白阳镇人民政府", "640425100"),
        ("锡林郭勒盟行政公署", "1525"),
        ("凉山州财政局", "5134"),
        ("大通县财政局", "630121"),
        ("大理州大理市财政局", "532901"),
        ("东莞市人民政府", "4419"),
        ("北京市东城区东华门街道办事处", "110101001"),
        ("雁峰区雁峰办事处", "430406002"),
        ("国家税务总局正宁县税务局", "621025"),
        ("中国人民银行正宁县支行", "621025"),
        ("灵武市临河镇（人民政府）", "640181105"),
        ("吉林省吉林市船营区财政局", "220204"),
        ("济源市人民政府", "419001"),
    ],
)
def test_place_in_the_organ_name(organ: str, code: str) -> None:
    assert region_of(f"{organ}2022年政府信息公开工作年度报告") == code


@pytest.mark.parametrize(
    ("organ", "code"),
    [
        ("孟津县送庄镇人民政府", "410308103"),
        ("章丘市教育局", "370114"),
        ("苍山县人民政府", "371324"),
        ("襄樊市人民政府", "4206"),
        ("宜宾县财政局", "511504"),
        ("哈密地区行政公署", "6505"),
    ],
)
def test_historic_names_mean_the_present_place(organ: str, code: str) -> None:
    assert region_of(f"{organ}2019年政府信息公开工作年度报告") == code


def test_historic_county_in_prose_speaks_for_the_present_one() -> None:
    assert region_of("城关镇人民政府2019年政府信息公开工作年度报告", "在孟津县人民政府网站公开。") == "410308100"


def test_historic_name_that_another_place_bears_counts_until_its_year_only() -> None:
    title = "桥东区教育局{}年政府信息公开工作年度报告"
    assert read(title.format(2019)).candidates == ("130502", "130702")
    assert region_of(title.format(2022)) == "130702"


def test_former_name_of_a_county_in_a_folder() -> None:
    title = "送庄镇人民政府2019年政府信息公开工作年度报告"
    assert region_of(title, source="inbox/河南省/洛阳市/孟津县/a.txt") == "410308103"


@pytest.mark.parametrize(
    ("prose", "code"),
    [
        ("在北京市朝阳区政府网站公开。", "110105"),
        ("在长春市朝阳区政府网站公开。", "220104"),
        ("电话：0431-85109999。", "220104"),
    ],
)
def test_counties_of_one_name_are_told_apart_by_city_or_area_code(prose: str, code: str) -> None:
    assert region_of("朝阳区教育局2022年政府信息公开工作年度报告", prose) == code


def test_counties_of_one_name_stay_open() -> None:
    assert read("朝阳区教育局2022年政府信息公开工作年度报告").candidates == ("110105", "220104")


def test_short_name_stays_open_when_the_text_speaks_of_another_county() -> None:
    identity = read("正宁教育局2022年政府信息公开工作年度报告", "在两当县人民政府网站公开。")
    assert (identity.region, identity.candidates) == (Region(), ("621025",))


def test_organ_without_a_place_takes_the_county_of_the_portal() -> None:
    identity = read("教育局2022年政府信息公开工作年度报告", "在正宁县人民政府门户网站公开，受庆阳市教育局指导。")
    assert (identity.organ, identity.region.code) == ("教育局", "621025")


def test_organ_without_a_place_stays_open_between_two_governments() -> None:
    identity = read("教育局2022年政府信息公开工作年度报告", "在正宁县人民政府、宁县人民政府网站公开。")
    assert identity.region == Region()


def test_organ_without_any_evidence_has_no_place() -> None:
    identity = read("教育局2022年政府信息公开工作年度报告")
    assert (identity.region, identity.candidates) == (Region(), ())
    assert "place_unknown" in codes(identity)


def test_township_that_the_list_lacks_has_its_county() -> None:
    identity = read("正宁县东风镇人民政府2022年政府信息公开工作年度报告")
    assert identity.region == Region("甘肃省", "庆阳市", "正宁县", None, "621025")
    assert identity.organ_level == "township"


def test_short_county_names_inside_words_are_no_evidence() -> None:
    # 正宁县 ends in 宁县, 市和县 holds 和县.
    assert read(TOWN, "省、市和县级部门联动，办理县级事项，提高县域治理水平。").region == Region()


def test_everyday_district_names_are_no_evidence() -> None:
    title = "和平镇人民政府2022年政府信息公开工作年度报告"
    assert read(title, "面向云南山区和城区、郊区群众宣传。").region == Region()


@pytest.mark.parametrize(
    ("organ", "code"),
    [
        ("洛阳高新技术产业开发区管理委员会", "410371"),
        ("洛阳市高新区管委会", "410371"),
        ("庆阳市经济技术开发区管委会", "6210"),
        ("庆阳经济技术开发区管理委员会", "6210"),
    ],
)
def test_development_zone(organ: str, code: str) -> None:
    identity = read(f"{organ}2022年政府信息公开工作年度报告")
    assert (identity.region.code, identity.organ_type) == (code, "office")


@pytest.mark.parametrize(
    ("organ", "level", "kind"),
    [
        ("甘肃省人民政府", "province", "government"),
        ("北京市人民政府", "province", "government"),
        ("甘肃省教育厅", "province", "department"),
        ("庆阳市人民政府", "city", "government"),
        ("锡林郭勒盟行政公署", "city", "government"),
        ("阿里地区行署", "city", "government"),
        ("庆阳市人民政府办公室", "city", "office"),
        ("正宁县人民政府", "county", "government"),
        ("正宁县人民政府办公室", "county", "office"),
        ("正宁县教育局", "county", "department"),
        ("灵武市卫生健康委员会", "county", "department"),
        ("正宁县西坡镇人民政府", "township", "government"),
        ("正宁县某某乡人民政府", "township", "government"),
        ("北京市东城区东华门街道办事处", "street", "office"),
        ("北京市东城区某某街道办事处", "street", "office"),
    ],
)
def test_level_and_type(organ: str, level: str, kind: str) -> None:
    identity = read(f"{organ}2022年政府信息公开工作年度报告")
    assert (identity.organ_level, identity.organ_type) == (level, kind)


REGIONS = [("62", "甘肃省"), ("6210", "庆阳市"), ("621025", "正宁县"), ("621025107", "西坡镇"), ("621228", "两当县")]


def override(**changes: str) -> Gazetteer:
    row = {
        "organ": "西坡镇人民政府", "year": "", "source": "", "sha256": "", "region_code": "621228", "corrected_organ": "", "who": "甲", "why": "核对",
    }  # fmt: skip
    return Gazetteer(REGIONS, overrides=[Override(**(row | changes))])


@pytest.mark.parametrize("changes", [{}, {"year": "2022"}, {"source": "*/a.txt"}], ids=["any", "year", "source"])
def test_a_reviewed_override_has_the_last_word(changes: dict[str, str]) -> None:
    identity = read(TOWN, "在正宁县人民政府网站公开。", "inbox/a.txt", gazetteer=override(**changes))
    assert identity.region.code == "621228"


@pytest.mark.parametrize("changes", [{"year": "2021"}, {"source": "*/b.txt"}, {"organ": "东坡镇人民政府"}])
def test_an_override_for_another_report_is_not_used(changes: dict[str, str]) -> None:
    assert read(TOWN, source="inbox/a.txt", gazetteer=override(**changes)).region.code == "621025107"


@pytest.mark.parametrize("organ", ["", "西坡镇人民政府"])
def test_an_override_names_a_document_by_its_hash(organ: str) -> None:
    gazetteer = override(organ=organ, sha256="AB12")
    prose = "在正宁县人民政府网站公开。"
    assert read(TOWN, prose, gazetteer=gazetteer, sha256="ab12").region.code == "621228"
    assert read(TOWN, prose, gazetteer=gazetteer, sha256="cd34").region.code == "621025107"


def test_an_override_names_the_organ_that_a_document_does_not_tell() -> None:
    gazetteer = override(organ="", sha256="ab12", corrected_organ="西坡镇人民政府", region_code="621025107")
    identity = read("2022年政府信息公开工作年度报告", gazetteer=gazetteer, sha256="ab12")
    assert (identity.organ, identity.region) == ("西坡镇人民政府", ZHENGNING)
    assert "organ_unknown" not in codes(identity)


def test_an_override_of_a_document_goes_before_one_of_its_organ() -> None:
    of_organ = Override("西坡镇人民政府", "", "", "", "621228", "", "甲", "核对")
    of_document = Override("", "", "", "ab12", "621025107", "", "甲", "核对")
    gazetteer = Gazetteer(REGIONS, overrides=[of_organ, of_document])
    assert read(TOWN, gazetteer=gazetteer, sha256="ab12").region.code == "621025107"


def test_an_override_corrects_the_organ() -> None:
    identity = read(TOWN, gazetteer=override(corrected_organ="正宁县西坡镇人民政府", region_code=""))
    assert (identity.organ, identity.region.code) == ("正宁县西坡镇人民政府", "621025107")


@pytest.mark.parametrize("name", ["place_alias", "area_code", "postcode", "place_override"])
def test_every_code_of_the_place_data_is_in_the_list(name: str) -> None:
    text = files("dagster_project.report_parser").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    names = default_gazetteer().names
    assert [row for row in rows if row["region_code"] not in names] == []
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_no_alias_is_the_present_name_of_its_own_place() -> None:
    text = files("dagster_project.report_parser").joinpath("data/place_alias.csv").read_text(encoding="utf-8")
    names = default_gazetteer().names
    assert [row for row in csv.DictReader(text.splitlines()) if names[row["region_code"]] == row["alias"]] == []


@pytest.mark.parametrize("filler", ["县", "正宁县", "0934-", "市和县", " ", "邮编", "城关镇"])
def test_long_text_of_one_word_ends_quickly(filler: str) -> None:
    started = process_time()
    read(TOWN, filler * 200_000)
    assert process_time() - started < 3
