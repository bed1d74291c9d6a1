"""The index card of a web page: labels and values in every layout, and what they prove."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project.report_parser.document import Document, GridCell, Line
from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.report_parser.identity import Identity, identify
from dagster_project.report_parser.model import Hints

BODY = "一、总体情况\n我们按要求开展工作。\n二、主动公开政府信息情况\n第二十条第（一）项\n规章 0 0 0\n六、其他需要报告的事项\n无。"
TITLE = "正宁县教育局2022年政府信息公开工作年度报告"


def read(head: str, hints: Hints | None = None) -> Identity:
    return identify(Document(f"{head}\n{BODY}"), hints or Hints(), "a.txt", "", default_gazetteer())


def read_lines(*lines: Line) -> Identity:
    return identify(Document.of([*lines, *BODY.split("\n")]), Hints(), "a.html", "", default_gazetteer())


def row(*texts: str) -> tuple[GridCell, ...]:
    return tuple(GridCell(text, column) for column, text in enumerate(texts))


CARD = (
    ("索引号", "zn-2023-0007"),
    ("发布机构", "正宁县教育局"),
    ("发布日期", "2023-01-20"),
    ("文号", "正教函〔2023〕5号"),
)


@pytest.mark.parametrize(
    "head",
    [
        "索引号：zn-2023-0007 发布机构：正宁县教育局\n发布日期：2023-01-20 文号：正教函〔2023〕5号",
        "索引号\tzn-2023-0007\t发布机构\t正宁县教育局\n发布日期\t2023-01-20\t文号\t正教函〔2023〕5号",
        "索引号：\tzn-2023-0007\t发布机构：\t正宁县教育局\n发布日期：\t2023-01-20\t文号：\t正教函〔2023〕5号",
        "索引号\nzn-2023-0007\n发布机构\n正宁县教育局\n发布日期\n2023-01-20\n文号\n正教函〔2023〕5号",
        "| 索引号 | zn-2023-0007 | 发布机构 | 正宁县教育局 |\n| 发布日期 | 2023-01-20 | 文号 | 正教函〔2023〕5号 |",
        "索 引 号：zn-2023-0007\n发布机构：正宁县教育局\n发布日期：2023-01-20\n文　　号：正教函〔2023〕5号",
        "【索引号】zn-2023-0007\n【发布机构】正宁县教育局\n【发布日期】2023-01-20\n【文号】正教函〔2023〕5号",
    ],
    ids=["flat", "tabs", "tabs_and_colons", "label_a_line", "pipes", "spaced_labels", "brackets"],
)
def test_card_is_read_in_printed_order(head: str) -> None:
    identity = read(f"{head}\n{TITLE}")
    assert identity.metadata == CARD
    assert identity.published_on == date(2023, 1, 20)


def test_card_in_a_table_with_places() -> None:
    identity = read_lines(
        row("索引号", "zn-2023-0007", "发布机构", "正宁县教育局"),
        row("发布日期", "2023-01-20", "文号", "正教函〔2023〕5号"),
        TITLE,
    )
    assert identity.metadata == CARD


def test_title_in_a_table_row_is_not_glued_to_its_label() -> None:
    identity = read_lines(row("名称", TITLE), row("发布日期", "2023-01-20"), "")
    assert (identity.title, identity.organ) == (TITLE, "正宁县教育局")
    assert ("名称", TITLE) in identity.metadata


def test_title_behind_its_label() -> None:
    assert read(f"名称：{TITLE}").organ == "正宁县教育局"


def test_empty_values_are_left_out() -> None:
    assert read(f"索引号：\t\t发布机构：正宁县教育局\n主题分类：\n发布日期：2023-01-20\n{TITLE}").metadata == (
        ("发布机构", "正宁县教育局"),
        ("发布日期", "2023-01-20"),
    )


def test_publication_line_of_a_page_is_no_sign_off() -> None:
    identity = read(f"{TITLE}\n发布时间：2023-01-20 10:30 来源：正宁县教育局 浏览次数：12 字体：大 中 小")
    assert (identity.published_on, identity.signed_on) == (date(2023, 1, 20), None)
    assert identity.metadata[:2] == (("发布时间", "2023-01-20 10:30"), ("来源", "正宁县教育局"))


def test_written_date_of_the_card_stands_for_a_missing_sign_off() -> None:
    identity = read(f"成文日期：2023-01-18\n发布日期：2023-01-20\n{TITLE}")
    assert (identity.signed_on, identity.published_on) == (date(2023, 1, 18), date(2023, 1, 20))


def test_issuer_of_the_card_stands_for_a_missing_organ() -> None:
    identity = read("发布机构：正宁县教育局\n2022年政府信息公开工作年度报告")
    assert (identity.organ, identity.region.code) == ("正宁县教育局", "621025")


def test_organ_in_the_title_goes_before_the_issuer_of_the_card() -> None:
    assert read(f"发布机构：正宁县人民政府办公室\n{TITLE}").organ == "正宁县教育局"


def test_year_from_the_publication_date_as_the_last_resort() -> None:
    assert read("发布日期：2023-01-20\n正宁县教育局政府信息公开工作年度报告").year == 2022


def test_sidecar_fills_what_the_document_does_not_say() -> None:
    hints = Hints("正宁县教育局", "https://example.org/report", date(2023, 2, 1))
    identity = read("政府信息公开工作年度报告", hints)
    assert (identity.organ, identity.year, identity.url) == ("正宁县教育局", 2022, "https://example.org/report")
    assert identity.published_on == date(2023, 2, 1)


def test_document_goes_before_its_sidecar() -> None:
    identity = read(f"发布日期：2023-01-20\n{TITLE}", Hints("宁县财政局", None, date(2024, 1, 1)))
    assert (identity.organ, identity.year, identity.published_on) == ("正宁县教育局", 2022, date(2023, 1, 20))


def test_prose_with_a_colon_is_no_card() -> None:
    head = f"{TITLE}\n如有疑问请联系本局（地址：正宁县山河镇，电话：0934-6123456），现将情况报告如下。其中：来源于群众的建议。"
    assert read(head).metadata == ()
