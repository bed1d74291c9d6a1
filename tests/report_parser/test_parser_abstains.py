"""Documents that invite a wrong figure. A row that cannot be read with certainty is left unread."""

from __future__ import annotations

import re

import pytest
from documents import (
    BELOW,
    CELLS,
    PDF,
    SHIFTED,
    TABS,
    TRIAL,
    codes,
    distinct_text_of,
    figures,
    read,
    states,
    text_of,
    values,
)

from dagster_project.report_parser import parse_all

_BETWEEN = "三、收到和处理政府信息公开申请情况\n"


def _assert_nothing_wrong(name: str, text: str) -> None:
    true = figures(read(distinct_text_of(name)))
    wrong = {cell: value for cell, value in figures(read(text)).items() if true.get(cell) != value}
    assert wrong == {}


def test_sentence_about_a_blank_row_does_not_fill_it() -> None:
    text = distinct_text_of(PDF).replace("行政处罚 108", "行政处罚")
    text = text.replace(_BETWEEN, f"{_BETWEEN}本年办理行政处罚 5 件，行政许可 3 件。\n")
    assert states(read(text), "disclosure", "penalties") == ["blank"]
    assert values(read(text), "disclosure", "licences") == [107]


def test_sentence_about_a_missing_row_does_not_supply_it() -> None:
    text = distinct_text_of(PDF).replace("行政处罚 108\n", "")
    text = text.replace(_BETWEEN, f"{_BETWEEN}行政处罚 5 件。\n")
    assert states(read(text), "disclosure", "penalties") == ["absent"]


def test_figure_glued_to_its_label_with_a_unit_is_not_blank() -> None:
    report = read(distinct_text_of(TABS).replace("行政处罚\t108", "行政处罚108件"))
    assert states(report, "disclosure", "penalties") == ["text"]


@pytest.mark.parametrize("prose", ["12 件申请已经答复。", "2023年1月", "12%的申请", "0.5 个工作日"])
def test_prose_that_begins_with_a_number_is_no_fee(prose: str) -> None:
    report = read(distinct_text_of(PDF).replace("行政事业性收费 110\n", f"行政事业性收费\n\n{prose}\n"))
    assert values(report, "disclosure", "fees") == [None]


@pytest.mark.parametrize(
    ("name", "printed", "blank"),
    [(PDF, "行政事业性收费 110\n", "行政事业性收费\n"), (TABS, "行政事业性收费\t110\t\t\n", "行政事业性收费\t\t\t\n")],
)
def test_page_number_below_a_blank_row_is_no_fee(name: str, printed: str, blank: str) -> None:
    text = distinct_text_of(name)
    assert printed in text
    report = read(text.replace(printed, f"{blank}\n12\n"))
    assert values(report, "disclosure", "fees") == [None]


def test_page_number_does_not_complete_a_short_row() -> None:
    text = distinct_text_of(PDF).replace(" 144 145\n", " 144\n\n12\n")
    assert states(read(text), "application", "denied_state_secret") == ["text"] * 7


def test_values_of_a_row_with_an_unknown_short_label() -> None:
    text = distinct_text_of(PDF)
    text = re.sub(r"3\.其他( \d+){7}", "3.其他", text).replace("（七）总计", "合计")
    report = read(text)
    assert values(report, "application", "other_misc") == [None] * 7
    assert states(report, "application", "processed_total") == ["absent"] * 7


def test_values_above_their_labels() -> None:
    text = re.sub(
        r"(规章|行政规范性文件|行政许可|行政处罚|行政强制|行政事业性收费)((?: \d+)+)\n",
        r"\2\n\n\1\n",
        distinct_text_of(PDF),
    )
    assert not [cell for cell in figures(read(text)) if cell[0] == "disclosure"]


def test_columns_in_another_order() -> None:
    printed = "本年制发件数\t本年废止件数\t现行有效件数"
    text = distinct_text_of(TABS)
    assert printed in text
    report = read(text.replace(printed, "本年制发件数\t现行有效件数\t本年废止件数"))
    assert not [cell for cell in figures(report) if cell[0] == "disclosure"]


def _with_headings_changed(text: str, one: str, other: str, start: str) -> str:
    """The text with the first `one` behind `start` and the first `other` behind that in each other's place."""
    before, mark, behind = text.partition(start)
    first, rest = behind.split(one, 1)
    between, last = rest.split(other, 1)
    return f"{before}{mark}{first}{other}{between}{one}{last}"


@pytest.mark.parametrize("name", [TABS, CELLS, BELOW])
@pytest.mark.parametrize(
    ("table", "one", "other", "start"),
    [
        ("application", "法律服务机构", "其他", "总计"),
        ("dispute", "行政复议", "行政诉讼", "四、政府信息公开行政复议、行政诉讼情况"),
        ("dispute", "未经复议直接起诉", "复议后起诉", "四、政府信息公开行政复议、行政诉讼情况"),
    ],
)
def test_headings_in_another_order(name: str, table: str, one: str, other: str, start: str) -> None:
    text = distinct_text_of(name)
    assert [cell for cell in figures(read(text)) if cell[0] == table]
    changed = _with_headings_changed(text, one, other, start)
    assert not [cell for cell in figures(read(changed)) if cell[0] == table]


@pytest.mark.parametrize(
    ("one", "other", "start"),
    [
        ("本年新公开数量", "对外公开总数量", "信息内容"),
        ("上一年项目数量", "处理决定数量", "信息内容"),
        ("本年增/减", "处理决定数量", "第二十条第（六）项"),
        ("采购项目数量", "采购总金额", "第二十条第（九）项"),
    ],
)
def test_headings_of_the_trial_form_in_another_order(one: str, other: str, start: str) -> None:
    text = text_of(TRIAL)
    assert [cell for cell in figures(read(text)) if cell[0] == "disclosure"]
    changed = _with_headings_changed(text, one, other, start)
    assert not [cell for cell in figures(read(changed)) if cell[0] == "disclosure"]


def test_total_before_the_persons() -> None:
    text = distinct_text_of(BELOW)
    changed = _with_headings_changed(text, "自然人", "总计", "申请人情况")
    assert not [cell for cell in figures(read(changed)) if cell[0] == "application"]


def test_prose_behind_a_table_does_not_change_its_order() -> None:
    text = distinct_text_of(TABS).replace(
        "五、存在", "今年没有行政诉讼和行政复议，复议后起诉与未经复议直接起诉也没有。\n五、存在"
    )
    assert read(text).cells == read(distinct_text_of(TABS)).cells


def test_column_left_out_of_the_table() -> None:
    text = distinct_text_of(BELOW).replace("\t法律服务机构", "")
    text = re.sub(r"(\t\d+){7}", lambda values: "\t" + "\t".join(values[0].split()[:6]) + "\t", text)
    assert not [cell for cell in figures(read(text)) if cell[0] == "application"]


PADDED = """第二十条第（一）项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | {rules}
行政规范性文件 | 14 | 15 | 16 |
第二十条第（五）项 | |||
信息内容 | 本年处理决定数量 | ||
行政许可 | 17 | ||
"""


@pytest.mark.parametrize("rules", ["11 | 12 | ||", "11 | 12 | |", "11 | |||"])
def test_pipes_that_pad_a_row_are_no_blank_cells(rules: str) -> None:
    report = read(PADDED.format(rules=rules))
    assert states(report, "disclosure", "rules") == ["text"] * 3
    assert values(report, "disclosure", "normative_documents") == [14, 15, 16]
    assert values(report, "disclosure", "licences") == [17]


@pytest.mark.parametrize(
    ("rules", "read_as"), [("11 |  | 13 |", [11, None, 13]), (" | 12 | 13 |", [None, 12, 13]), (" |  |  |", [None] * 3)]
)
def test_blank_cells_of_a_padded_table_are_read_where_a_figure_follows(rules: str, read_as: list[int | None]) -> None:
    assert values(read(PADDED.format(rules=rules)), "disclosure", "rules") == read_as


def test_pipes_without_spaces_part_blank_cells() -> None:
    report = read(PADDED.format(rules="11 | 12 ||").replace(" ", ""))
    assert values(report, "disclosure", "rules") == [11, 12, None]


def test_extra_column_partly_filled() -> None:
    """Eight columns, one of them empty in this row: seven figures that are not the seven columns of the form."""
    text = distinct_text_of(SHIFTED).replace("\t139\t140\t141", "\t139\t\t140\t141")
    assert values(read(text), "application", "denied_state_secret") == [None] * 7


def test_extra_value_in_the_row_of_disputes() -> None:
    text = distinct_text_of(TABS).replace("\t286\t287", "\t286\t286\t287")
    assert values(read(text), "dispute", "direct_litigation") == [None] * 5


def test_tables_printed_twice_with_other_figures_are_two_reports() -> None:
    text = distinct_text_of(SHIFTED)
    second = text[text.index("二、主动公开") : text.index("五、存在")].replace("1", "2")
    reports = parse_all((text + second).encode(), "made.txt")
    assert [values(report, "disclosure", "rules") for report in reports] == [[101, 102, 103], [202, 202, 203]]
    assert values(reports[0], "dispute", "reconsideration") == [286, 287, 288, 289, 290]
    assert [report.part for report in reports] == [1, 2]
    assert all("several_reports" in codes(report) for report in reports)


def test_report_printed_twice_is_one() -> None:
    text = text_of(SHIFTED)
    reports = parse_all((text + "\n" + text).encode(), "made.txt")
    assert len(reports) == 1
    assert "report_doubled" in codes(reports[0])


def test_same_row_twice_with_different_figures() -> None:
    text = distinct_text_of(SHIFTED).replace("行政处罚\t108", "行政处罚\t108\n行政处罚\t8")
    report = read(text)
    assert states(report, "disclosure", "penalties") == ["text"]
    assert "row_unread" in codes(report)


@pytest.mark.parametrize("name", [CELLS, TABS, PDF, SHIFTED, BELOW])
def test_misspelt_or_missing_label_gives_no_wrong_figure(name: str) -> None:
    lines = distinct_text_of(name).split("\n")
    start = next(index for index, line in enumerate(lines) if "第二十条" in line)
    labelled = [index for index in range(start, len(lines)) if re.search(r"[\u4e00-\u9fff]", lines[index])][:80:3]
    for index in labelled:
        for label in ("某某", ""):
            line = re.sub(r"[^\s\d]+|\d\.", label, lines[index])
            _assert_nothing_wrong(name, "\n".join([*lines[:index], line, *lines[index + 1 :]]))


@pytest.mark.parametrize("instead", ["", "（5）", "1,2345", "某", "/"])
@pytest.mark.parametrize("name", [TABS, PDF, SHIFTED, BELOW])
def test_unreadable_value_moves_no_other(name: str, instead: str) -> None:
    text = distinct_text_of(name)
    for printed in range(111, 279, 5):
        _assert_nothing_wrong(name, re.sub(rf"(?<!\S){printed}(?!\S)", instead, text))


@pytest.mark.parametrize("name", [CELLS, TABS, PDF, SHIFTED, BELOW])
def test_lost_value_moves_no_other(name: str) -> None:
    """The value is gone together with its cell."""
    text = distinct_text_of(name)
    for printed in range(111, 279, 5):
        _assert_nothing_wrong(name, re.sub(rf"\s{printed}(?!\S)", "", text))


def test_dispute_headings_in_another_order_are_not_read() -> None:
    text = distinct_text_of(SHIFTED)
    turned = text.replace("结果维持\t结果纠正", "结果纠正\t结果维持")
    assert turned != text
    assert values(read(text), "dispute", "reconsideration")[0] is not None
    assert values(read(turned), "dispute", "reconsideration") == [None] * 5


def test_blank_row_takes_no_figures_that_stand_beside_a_group_label() -> None:
    """（一）予以公开 is printed below its figures here, and they stand beside 三、本年度."""
    text = text_of(SHIFTED)
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if "上年结转政府信息公开申请" in line)
    label = lines[at].split("\t")[:2]
    lines[at] = "\t".join([*label, *[""] * 7])
    lines[at + 1] = "三、本年度办理结果\t\t41\t42\t43\t44\t45\t46\t47"
    lines.insert(at + 2, "（一）予以公开")
    report = read("\n".join(lines))
    assert 41 not in values(report, "application", "carried_in")
