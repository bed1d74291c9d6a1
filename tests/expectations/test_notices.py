"""Correction notices read back from their files: every figure is the release's, nothing is markup, and long ones break well."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import duckdb
import pdfplumber
import pytest
from made_results import CellName, Printed, row, track
from noticed_release import release

from expectations.notices import FORMATS, NothingToCorrectError, Terms, notice, notices_of_place
from expectations.notices.lines import break_lines

TERMS = Terms("彭阳县人民政府办公室", date(2026, 11, 21))
TWICE: dict[CellName, Printed] = {("application", "granted", "natural_person"): 12}
"""Breaks H2 in the row and H3 in the column."""


def read_docx(content: bytes) -> list[str]:
    """Every line and cell, in their order on paper."""
    file = docx.Document(io.BytesIO(content))
    return [paragraph.text for part in file.iter_inner_content() for paragraph in _paragraphs(part)]


def _paragraphs(part: Any) -> list[Any]:
    if isinstance(part, docx.table.Table):
        return [paragraph for line in part.rows for cell in line.cells for paragraph in cell.paragraphs]
    return [part]


def read_pdf(content: bytes) -> list[str]:
    """The text of each page."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return [page.extract_text() for page in file.pages]


def words(content: bytes, form: str) -> str:
    """The whole text without white space, and without what only pages have."""
    text = "".join(read_docx(content) if form == "docx" else read_pdf(content))
    return re.sub(r"—\d+—", "", re.sub(r"\s", "", text))


def written(connection: duckdb.DuckDBPyConnection, terms: Terms = TERMS, form: Any = "docx", **more: Any) -> str:
    return words(notice(connection, "r", terms, form, **more).content, form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_notice_names_rule_sides_cells_hint_and_deadline(form: str) -> None:
    with release({"r": TWICE}) as connection:
        text = written(connection, form=form)
        for said in (
            "2022年政府信息公开工作年度报告整改通知书",
            "彭阳县白阳镇人民政府：",
            "第四十七条、第五十条、国办公开办函〔2021〕30号所附年度报告格式",
            "2023年1月25日公布的《彭阳县白阳镇人民政府2022年政府信息公开工作年度报告》",
            "发现2处不符合要求",
            "（一）申请人合计（规则H2）",
            "“收到和处理政府信息公开申请情况”表“（一）予以公开”行：左边为24，右边为15，左边比右边多9。",
            "（二）办理结果合计（规则H3）",
            "“收到和处理政府信息公开申请情况”表“自然人”列：左边为28，右边为19，左边比右边多9。",
            "仅供参考",
            "只需将“（一）予以公开”行“自然人”栏由12改为21，即可同时满足规则H2、H3。相邻两位数字颠倒",
            "自收到本通知之日起10个工作日内更正《报告》",
            "彭阳县人民政府办公室2026年11月21日附件",
            "宁夏/白阳镇2022.html",
            "公布网址https://www.pengyang.gov.cn/report.html",
        ):
            assert said in text
        formulas = connection.sql("select formula from dim_rule where rule_id in ('H2', 'H3')").fetchall()
        assert all(re.sub(r"\s", "", formula) in text for (formula,) in formulas)


def test_every_figure_of_the_broken_cells_is_the_release_s() -> None:
    changes = {
        **TWICE,
        **row("rejected_repeated", 3, None, "dash", 0, 0, 1, total=9),
        **track("reconsideration", 6, 1, 0, 2, 8),
    }
    with release({"r": changes}) as connection:
        made = docx.Document(io.BytesIO(notice(connection, "r", TERMS, "docx").content))
        (table,) = made.tables
        listed = [tuple(cell.text for cell in line.cells) for line in table.rows[1:]]
        printed = connection.sql("""
            select case when not starts_with(row_zh, group_zh) then group_zh || '：' else '' end || row_zh || ' × ' || column_zh, raw, state
            from report_cell join dim_form_cell using (table_code, row_code, column_code)
            where form = '2021' and value is distinct from 0
        """).fetchall()
        raws = {name: "（空白）" if state == "blank" else raw for name, raw, state in printed}
        told = [(place, figure) for _, place, figure in listed if not place.startswith("其余")]
        assert told
        assert all(raws[place] == figure for place, figure in told)
        cells = connection.sql("select sum(len(cells)) from fct_rule_result where status = 'fail'").fetchall()[0][0]
        noughts = sum(
            int(place.removeprefix("其余").removesuffix("格")) for _, place, _ in listed if place.startswith("其余")
        )
        assert len(told) + noughts == cells


def test_both_files_say_the_same() -> None:
    with release({"r": {**TWICE, **track("reconsideration", 6, 1, 0, 2, 8)}}) as connection:
        # Cells of a table row stand on one line in PDF, and their lines may interleave: compare what they are made of.
        assert sorted(written(connection, form="docx")) == sorted(written(connection, form="pdf"))


def test_what_the_sender_decides() -> None:
    terms = Terms(
        "政务公开办", date(2026, 1, 5), date(2026, 1, 31), "彭政公开函〔2026〕3号", "https://gongkai.example.gov.cn/"
    )
    with release({"r": TWICE}) as connection:
        text = written(connection, terms)
        assert text.startswith("彭政公开函〔2026〕3号2022年")
        assert "于2026年1月31日前更正" in text
        assert "核对页面https://gongkai.example.gov.cn/report/r。" in text


def test_a_sample_may_not_be_sent() -> None:
    with release({"r": TWICE}, report={"is_sample": True}) as connection:
        assert written(connection).startswith("【依据自动生成的示例报告，仅供试用，不得发出】")


def test_warnings_are_reminders_and_demand_nothing() -> None:
    warned = [
        {
            "report_key": "r",
            "rule_id": "S99",
            "place": "section.overview",
            "severity": "warning",
            "detail": "沿用了2021年的数字",
        },
        {"report_key": "r", "rule_id": "S99", "place": "title", "severity": "warning"},
    ]
    with release({"r": TWICE}, warned) as connection:
        text = written(connection)
        assert "发现2处不符合要求" in text
        reminders = text.partition("二、提示核对的事项")[2].partition("三、更正参考")[0]
        assert "（一）自拟规则（规则S99）要求：各部分均应写明。依据：条例第五十条。" in reminders
        assert "“一、总体情况”部分：沿用了2021年的数字。" in reminders
        assert "标题：与上述要求不符。" in reminders
    with release({"r": {}}, warned) as connection, pytest.raises(NothingToCorrectError, match="没有不成立的硬性规则"):
        notice(connection, "r", TERMS, "docx")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            {"place": "published_on", "detail": "2023-05-04 公布，应于 2023-03-31 前"},
            "公布日期：2023-05-04公布，应于2023-03-31前。",
        ),
        ({"place": "report"}, "全文：与上述要求不符。"),
        ({"place": "dispute"}, "“政府信息公开行政复议、行政诉讼情况”表：与上述要求不符。"),
        (
            {"place": "claim.application.received", "left_value": 3, "right_value": 34},
            "左边为3，右边为34，左边比右边少31。",
        ),
        (
            {"place": "application.granted.total", "left_value": Decimal("2.5")},
            "“（一）予以公开”行“总计”栏：报告印为24。",
        ),
        ({"place": "somewhere.else"}, "somewhere.else：与上述要求不符。"),
        (
            {"place": "application.carried_in.total", "left_value": 3, "right_value": 5, "other_report_key": "s"},
            "左边为3，右边为5，左边比右边少2。对照的是白阳镇人民政府2022年的年度报告。",
        ),
    ],
)
def test_any_rule_is_printed_sensibly(result: dict[str, Any], said: str) -> None:
    more = [{"report_key": "r", "rule_id": "S99", "severity": "error", **result}]
    with release({"r": {}, "s": {}}, more) as connection:
        assert said in written(connection)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_a_report_is_markup(form: str) -> None:
    """A stranger's file names itself: as text, harmless, and visible as what it is."""
    nasty = "<script>alert(1)</script>&amp;../../甲\u202e镇\x00\x0b<b>"
    with release(
        {"r": TWICE}, organ={"organ_name": nasty}, report={"title": "<font size=99>&lt;", "source": "=cmd|'x'"}
    ) as connection:
        made = notice(connection, "r", TERMS, form)
        text = words(made.content, form)
    assert "彭阳县<script>alert(1)</script>&amp;../../甲镇<b>：" in text
    assert "《<fontsize=99>&lt;》" in text
    assert re.fullmatch(r"[\w-]+\.(docx|pdf)", made.file_name)


def test_characters_that_the_face_lacks_are_seen_to_be_missing() -> None:
    with release({"r": TWICE}, organ={"organ_name": "𬴃镇人民政府"}) as connection:
        assert "彭阳县〓镇人民政府：" in written(connection, form="pdf")
        assert "彭阳县𬴃镇人民政府：" in written(connection, form="docx")


def test_a_long_notice_breaks_well() -> None:
    """Twelve rows of table 3 have a wrong total: the table of cells goes over pages below its heading, and no page is lost."""
    wrong = (
        "granted",
        "partially_granted",
        "denied_state_secret",
        "denied_third_party",
        "denied_internal_affairs",
        "unavailable_not_held",
        "unavailable_unclear",
        "rejected_petition",
        "rejected_repeated",
        "rejected_excessive",
        "other_fee_unpaid",
        "other_misc",
    )
    changes = {name: cell for code in wrong for name, cell in row(code, 1, 2, 3, 4, 5, 6, total=2000).items()}
    with release({"r": changes}) as connection:
        count = connection.sql("select count(*) from fct_rule_result where status = 'fail'").fetchall()[0][0]
        assert count > 18
        pages = read_pdf(notice(connection, "r", TERMS, "pdf").content)
        text = written(connection, form="pdf")
    assert f"发现{count}处不符合要求" in text
    attached = [number for number, page in enumerate(pages) if "对应问题" in page]
    assert attached == list(range(attached[0], len(pages)))
    assert len(attached) > 2
    assert [page.splitlines()[-1] for page in pages] == [f"— {number} —" for number in range(1, len(pages) + 1)]
    signed = next(page for page in pages if TERMS.office in page)
    assert "特此通知。" in signed
    assert "2026年11月21日" in signed


def test_what_people_dismissed_is_left_out() -> None:
    gone = hashlib.md5(b"H2|r|2022|application.granted").hexdigest()
    with release({"r": TWICE}) as connection:
        text = written(connection, dismissed=[gone])
        assert "发现1处不符合要求" in text
        assert "规则H2）" not in text
        other = hashlib.md5(b"H3|r|2022|application.natural_person").hexdigest()
        with pytest.raises(NothingToCorrectError):
            notice(connection, "r", TERMS, "docx", [gone, other])


def test_there_is_no_notice_without_a_current_report() -> None:
    with release({"r": TWICE}, report={"is_current": False}) as connection:
        with pytest.raises(NothingToCorrectError, match="已有更新的版本"):
            notice(connection, "r", TERMS, "docx")
        with pytest.raises(NothingToCorrectError, match="没有报告 nope"):
            notice(connection, "nope", TERMS, "docx")


@pytest.mark.parametrize("form", FORMATS)
def test_a_county_in_one_zip(form: Any) -> None:
    reports: dict[str, dict[CellName, Printed]] = {"a": TWICE, "b": {}, "c": track("reconsideration", 0, 0, 0, 0, 1)}
    with release(reports, organ={"organ_name": "=白阳镇/人民政府"}) as connection:
        made = notices_of_place(connection, "640425", 2022, TERMS, form)
        with pytest.raises(NothingToCorrectError, match="没有须整改的报告"):
            notices_of_place(connection, "640425", 2021, TERMS, form)
        with pytest.raises(NothingToCorrectError, match="没有地区代码"):
            notices_of_place(connection, "99", 2022, TERMS, form)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("目录.csv").decode("utf-8-sig"))))
        assert [line["报告编号"] for line in lines] == ["a", "c"]
        assert [line["须更正（处）"] for line in lines] == ["2", "1"]
        assert {line["机关"] for line in lines} == {"'=白阳镇/人民政府"}
        assert {*archive.namelist()} == {*(line["文件"] for line in lines), "目录.csv"}
        assert all(re.fullmatch(r"\d{3}-[\w-]+\.\w+", line["文件"]) for line in lines)
        texts = [words(archive.read(line["文件"]), form) for line in lines]
    assert "由12改为21" in texts[0]
    assert "“行政复议”行“总计”栏由1改为0" in texts[1]
    assert made.file_name == "整改通知书-640425-2022.zip"


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五六", ["一二三", "四，五六"]),
        ("一二三（四五）", ["一二三", "（四五）"]),
        ("一二三2022年", ["一二三", "2022年"]),
        ("一二三》。四", ["一二", "三》。四"]),
        ("一二三四 五", ["一二三四", "五"]),
        ("0123456789abcdef", ["01234567", "89abcdef"]),
        ("", [""]),
    ],
)
def test_lines_break_as_print_does(text: str, lines: list[str]) -> None:
    assert break_lines(text, _width, 4, 4) == lines


def test_nothing_is_lost_between_lines() -> None:
    text = "《报告》（以下简称）：2022年，“总计”列；H1、H2。https://www.example.gov.cn/a?b=1。" * 5
    for width in range(6, 40):
        lines = break_lines(text, _width, width - 2, width)
        assert "".join(lines) == text
        assert all(_width(line) <= width for line in lines)
