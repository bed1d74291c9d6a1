"""How single cells and rows are printed in the wild."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from documents import (
    BELOW,
    CELLS,
    LAYOUTS_2021,
    PDF,
    SHIFTED,
    TABS,
    codes,
    distinct_text_of,
    figures,
    read,
    states,
    values,
)

from dagster_project.report_parser import Status
from dagster_project.report_parser.form import FORMS


@pytest.mark.parametrize(
    ("printed", "value", "state"),
    [
        ("1,234", "1234", "number"),
        ("1，234", "1234", "number"),
        ("１２", "12", "number"),
        ("12件", "12", "number"),
        ("3.50", "3.50", "number"),
        ("3．50", "3.50", "number"),
        ("976.81万元", "976.81", "number"),
        ("9768100元", None, "text"),
        ("0元", "0", "number"),
        ("约5", None, "text"),
        ("≥5", None, "text"),
        ("<5", None, "text"),
        ("/", None, "dash"),
        ("——", None, "dash"),
        ("无", None, "dash"),
        ("", None, "blank"),
        ("未统计", None, "text"),
        ("1,2345", None, "text"),
        ("（5）", None, "text"),
        ("1 08", None, "text"),
        ("1234567890123", None, "text"),
        ("0.12345678", None, "text"),
    ],
)
def test_fee_as_printed(printed: str, value: str | None, state: str) -> None:
    report = read(distinct_text_of(TABS).replace("行政事业性收费\t110", f"行政事业性收费\t{printed}"))
    assert values(report, "disclosure", "fees") == [Decimal(value) if value else None]
    assert states(report, "disclosure", "fees") == [state]
    assert [cell.raw for cell in report.cells if cell.row == "fees"] == [printed]


def test_yuan_in_a_column_of_ten_thousand_yuan_is_pointed_out() -> None:
    report = read(distinct_text_of(TABS).replace("行政事业性收费\t110", "行政事业性收费\t9768100元"))
    assert "unit_mismatch" in codes(report)
    assert next(cell.raw for cell in report.cells if cell.row == "fees") == "9768100元"


@pytest.mark.parametrize("unit", ["单位：元", "元", "单位:人民币元", "单位：亿元"])
@pytest.mark.parametrize("heading", ["本年收费金额", "行政事业性收费"])
def test_heading_with_another_unit(heading: str, unit: str) -> None:
    text = distinct_text_of(TABS).replace("（单位：万元）", "")
    changed = text.replace(heading, f"{heading}（{unit}）", 1)
    assert values(read(text), "disclosure", "fees") == [110]
    report = read(changed)
    assert (states(report, "disclosure", "fees"), codes(report) & {"unit_mismatch"}) == (["text"], {"unit_mismatch"})


def test_unit_of_the_whole_table() -> None:
    text = distinct_text_of(TABS).replace("（单位：万元）", "")
    report = read(text.replace("第二十条第（八）项", "第二十条第（八）项（单位：元）", 1))
    assert states(report, "disclosure", "fees") == ["text"]


def test_figure_with_its_own_unit_under_a_heading_with_another() -> None:
    text = distinct_text_of(TABS).replace("单位：万元", "单位：元").replace("收费\t110", "收费\t1.5万元")
    assert [str(value) for value in values(read(text), "disclosure", "fees")] == ["1.5"]


def test_nothing_is_nothing_in_any_unit() -> None:
    text = distinct_text_of(TABS).replace("单位：万元", "单位：元").replace("收费\t110", "收费\t0")
    assert values(read(text), "disclosure", "fees") == [0]


@pytest.mark.parametrize(
    ("printed", "value"), [("999999999", Decimal(999999999)), ("1234567890", None), ("13912345678件", None)]
)
def test_a_figure_too_long_for_a_count_is_none(printed: str, value: Decimal | None) -> None:
    report = read(distinct_text_of(TABS).replace("行政强制\t109", f"行政强制\t{printed}"))
    assert values(report, "disclosure", "coercive_measures") == [value]
    assert ("count_too_long" in codes(report)) is (value is None)
    assert next(cell.raw for cell in report.cells if cell.row == "coercive_measures") == printed


def test_glued_zeros() -> None:
    report = read(distinct_text_of(PDF).replace("规章 101 102 103", "规章000"))
    assert values(report, "disclosure", "rules") == [0, 0, 0]


def test_glued_zeros_of_another_count_stay_unread() -> None:
    report = read(distinct_text_of(PDF).replace("规章 101 102 103", "规章00"))
    assert states(report, "disclosure", "rules") == ["text"] * 3
    assert "row_unread" in codes(report)


@pytest.mark.parametrize(
    ("name", "row", "values_text"),
    [
        pytest.param(SHIFTED, "denied_state_secret", "\t139\t140\t141\t142\t143\t144\t145", id="no_cell_to_spare"),
        pytest.param(TABS, "denied_state_secret", "\t139\t140\t141\t142\t143\t144\t145", id="tabs"),
        pytest.param(BELOW, "denied_state_secret", "\t139\t140\t141\t142\t143\t144\t145", id="label_in_second_cell"),
    ],
)
@pytest.mark.parametrize("blank", range(7))
def test_blank_cell_keeps_its_column(name: str, row: str, values_text: str, blank: int) -> None:
    """Read by position, or not at all where the layout leaves a doubt; never one column off."""
    printed = values_text.split("\t")
    printed[blank + 1] = ""
    text = distinct_text_of(name)
    assert values_text in text
    report = read(text.replace(values_text, "\t".join(printed)))
    expected = [None if index == blank else Decimal(139 + index) for index in range(7)]
    assert values(report, "application", row) in (expected, [None] * 7)
    if 0 < blank < 6:
        assert values(report, "application", row) == expected


def test_blank_cell_of_a_cell_a_line() -> None:
    text = distinct_text_of(CELLS)
    line = next(line for line in text.split("\n") if line.strip() == "142")
    report = read(text.replace(line, "\t\xa0"))
    assert states(report, "application", "denied_state_secret") == ["number"] * 3 + ["blank"] + ["number"] * 3


def test_too_few_values_without_positions_stay_unread() -> None:
    report = read(distinct_text_of(PDF).replace(" 142 ", " "))
    assert states(report, "application", "denied_state_secret") == ["text"] * 7
    assert report.status is Status.PARTIAL
    assert "row_unread" in codes(report)


def test_missing_row_is_absent() -> None:
    text = distinct_text_of(SHIFTED)
    line = next(line for line in text.split("\n") if "重复申请" in line)
    report = read(text.replace(line + "\n", ""))
    assert states(report, "application", "rejected_repeated") == ["absent"] * 7
    assert report.status is Status.PARTIAL
    assert "row_missing" in codes(report)
    assert len(report.cells) == 200


@pytest.mark.parametrize("page", ["7", "- 7 -", "第7页", "— 7 —"])
@pytest.mark.parametrize("name", [TABS, PDF, SHIFTED])
def test_page_number_and_repeated_head_between_rows(name: str, page: str) -> None:
    text = distinct_text_of(name)
    row = next(line for line in text.split("\n") if "保护第三方合法权益" in line)
    head = "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    report = read(text.replace(row, f"{row}\n\n{page}\n\n{head}"))
    assert figures(report) == figures(read(text))
    assert report.status is Status.PARSED


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("其他法律行政法规禁止公开", "其他法律法规禁止公开"), id="legal_variant"),
        pytest.param(lambda text: text.replace("规章", "规 章").replace("总计", "总 计"), id="inner_spaces"),
        pytest.param(lambda text: text.replace("1.", "1、").replace("2.", "2、"), id="other_numbering"),
        pytest.param(lambda text: text.replace("1.", "１．").replace("3.", "３．"), id="full_width_numbers"),
        pytest.param(lambda text: text.replace("（", "(").replace("）", ")"), id="half_width_brackets"),
        pytest.param(lambda text: text.replace("现行有效件数", "现行有效件"), id="short_heading"),
    ],
)
@pytest.mark.parametrize("name", LAYOUTS_2021)
def test_label_variants(name: str, change: Callable[[str], str]) -> None:
    text = distinct_text_of(name)
    assert figures(read(change(text))) == figures(read(text))


def test_markdown_pipes() -> None:
    lines = []
    for line in distinct_text_of(SHIFTED).split("\n"):
        lines.append("| " + " | ".join(line.split("\t")) + " |" if "\t" in line else line)
        if line.startswith("信息内容"):
            lines.append("|---|:---:|---|---|")
    report = read("\n".join(lines))
    assert figures(report) == figures(read(distinct_text_of(SHIFTED)))


@pytest.mark.parametrize("skipped", ["| --- | --- | --- | --- |\n", "第 5 页\n", "\n- 12 -\n"])
def test_words_below_a_line_that_is_skipped_are_as_printed(skipped: str) -> None:
    head = "正宁县西坡镇人民政府2022年政府信息公开工作年度报告\n| 第二十条第（一）项 |  |  |  |\n"
    columns = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    rows = "| 规章 | 略 | 约3 | 9 |\n| 行政规范性文件 | 年2 | 1 | 9 |\n"
    report = read(head + skipped + columns + rows)
    assert [cell.raw for cell in report.cells[:6]] == ["略", "约3", "9", "年2", "1", "9"]
    assert values(report, "disclosure", "rules") == [None, None, 9]
    assert values(report, "disclosure", "normative_documents") == [None, 1, 9]


def test_form_of_another_year_is_pointed_out() -> None:
    report = read(distinct_text_of(PDF).replace("2022年", "2019年"))
    assert (report.form, report.year) == ("2021", 2019)
    assert "form_year_mismatch" in codes(report)


def test_labels_of_both_forms() -> None:
    text = distinct_text_of(SHIFTED)
    lines = [line for line in text.split("\n") if "逾期" not in line and "\t3. 其他" not in line]
    text = "\n".join(lines).replace("(七)总计", "(六)其他处理\t\t0\t0\t0\t0\t0\t0\t0\n(七)总计")
    report = read(text)
    assert report.form == "mixed"
    assert "form_year_mismatch" in codes(report)
    assert values(report, "application", "other_handling") == [0] * 7
    assert len(report.cells) == 10 + 23 * 7 + 15


def test_every_cell_is_listed_even_without_a_table() -> None:
    text = distinct_text_of(SHIFTED)
    report = read(text[: text.index("四、政府信息公开")] + text[text.index("五、存在") :])
    assert [(cell.table, cell.row, cell.column) for cell in report.cells] == list(FORMS["2021"].cells())
    assert states(report, "dispute", "reconsideration") == ["absent"] * 5
    assert "table_missing" in codes(report)
