"""Where sections begin and end, and what the last two say."""

from __future__ import annotations

from time import process_time

import pytest

from dagster_project.report_parser.document import Document, GridCell
from dagster_project.report_parser.form import SECTIONS
from dagster_project.report_parser.model import Section
from dagster_project.report_parser.problems import Problems, read_problems
from dagster_project.report_parser.sections import missing_sections, read_sections

CODES = [code for code, _ in SECTIONS]
HEADINGS = [f"{numeral}、{heading}" for numeral, (_, heading) in zip("一二三四五六", SECTIONS, strict=True)]


def sections_of(text: str, table_places: list[tuple[int, int]] | None = None) -> list[Section]:
    document = Document.of(text.split("\n"))
    return list(read_sections(document, table_places or []).sections)


def report(headings: list[str]) -> str:
    return "\n".join(f"{heading}\n这是{index}号内容。" for index, heading in enumerate(headings))


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        [f"## {heading}" for heading in HEADINGS],
        [f"**{heading}**" for heading in HEADINGS],
        [heading.replace("、", "．", 1) for heading in HEADINGS],
        [heading.replace("、", " ", 1) for heading in HEADINGS],
        [f"　　{heading}：" for heading in HEADINGS],
        [f"（{numeral}）{heading}" for numeral, (_, heading) in zip("一二三四五六", SECTIONS, strict=True)],
        [f"{number}、{heading}" for number, (_, heading) in enumerate(SECTIONS, start=1)],
        [f"第{numeral}部分 {heading}" for numeral, (_, heading) in zip("一二三四五六", SECTIONS, strict=True)],
        [f"一、{heading}" for _, heading in SECTIONS],
        [f"{number}. {heading}" for number, heading in enumerate(HEADINGS, start=1)],
        [heading for _, heading in SECTIONS],
        [" ".join(heading) for heading in HEADINGS],
        [f"| {heading} |" for heading in HEADINGS],
        [
            "一、總體情況",
            "二、主動公開政府信息情況",
            "三、收到和處理政府信息公開申請情況",
            "四、政府信息公開行政復議、行政訴訟情況",
            "五、存在的主要問題及改進情況",
            "六、其他需要報告的事項",
        ],
        [
            "一、概述",
            "二、行政机关主动公开政府信息的情况",
            "三、行政机关收到和处理政府信息公开申请情况",
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "五、政府信息公开工作存在的主要问题及改进措施",
            "六、其他需要报告事项",
        ],
        [
            "一、基本情况",
            "二、主动公开情况",
            "三、依申请公开情况",
            "四、行政复议、行政诉讼情况",
            "五、存在问题",
            "六、其他事项",
        ],
        [
            "一、总体情况",
            "二、主动公开政府信息\n情况",
            "三、收到和处理政府信息公开申\n请情况",
            "四、因政府信息公开工作被申请行政\n复议、提起行政诉讼情况",
            "五、存在的主要问题及改进情\n况",
            "六、其他需要报告的\n事项",
        ],
    ],
)
def test_headings_in_their_spellings(headings: list[str]) -> None:
    sections = sections_of(report(headings))
    assert [section.code for section in sections] == CODES
    assert [section.text for section in sections] == [f"这是{index}号内容。" for index in range(6)]
    assert missing_sections({section.code for section in sections}) == []


def test_a_heading_is_read_alike_whatever_follows_it_and_however_often() -> None:
    heading = "二、主动公开政府信息情况"
    for after in ("全年更新目录。", "的说明：更新目录。", "情况\n更新目录。", "", "\n\n 2023年，更新目录。") * 2:
        alone, broken = sections_of(f"{heading}\n{after}"), sections_of(f"{heading[:-2]}\n情况\n{after}")
        assert (alone[0].heading, broken[0].heading) == (heading, heading[:-2] + " 情况")
        assert alone[0].text == broken[0].text


def test_text_that_runs_on_after_its_heading() -> None:
    sections = sections_of(
        "一、总体情况。2023年，我镇有序推进。\n二、主动公开政府信息情况 全年更新目录。\n五、存在的主要问题及改进情况：人手不足。"
    )
    assert [(section.code, section.heading, section.text) for section in sections] == [
        ("overview", "一、总体情况", "2023年，我镇有序推进。"),
        ("disclosure", "二、主动公开政府信息情况", "全年更新目录。"),
        ("problems", "五、存在的主要问题及改进情况", "人手不足。"),
    ]


def test_a_whole_report_in_one_line() -> None:
    text = "某镇报告 " + " ".join(f"{heading} 内容{index}。" for index, heading in enumerate(HEADINGS))
    sections = sections_of(text)
    assert [(section.code, section.text) for section in sections] == [
        (code, f"内容{index}。") for index, code in enumerate(CODES)
    ]


def test_a_heading_in_a_grid_row() -> None:
    document = Document.of([(GridCell("一、", 0), GridCell("总体情况", 1)), "全年有序。"])
    [section], [lines] = read_sections(document, [])
    assert (section.code, section.text, lines) == ("overview", "全年有序。", [2])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(HEADINGS) + "\n某镇2023年报告\n" + report(HEADINGS),
        report(HEADINGS) + "\n页脚\n" + "\n".join(HEADINGS) + "\n版权所有",
        "目录\n"
        + "\n".join(f"{heading}........{page}" for page, heading in enumerate(HEADINGS))
        + "\n正文\n"
        + report(HEADINGS),
        "一、总体情况\n某镇2023年报告\n" + report(HEADINGS),
        report([f"{heading}\n{heading}" for heading in HEADINGS]),
    ],
)
def test_a_heading_printed_twice_counts_where_its_text_stands(text: str) -> None:
    sections = sections_of(text)
    assert [section.code for section in sections] == CODES
    assert [section.text.split("\n")[0] for section in sections] == [f"这是{index}号内容。" for index in range(6)]


def test_sub_headings_and_prose_are_no_sections() -> None:
    text = (
        "一、总体情况\n（一）主动公开政府信息情况。更新及时。\n（二）收到和处理政府信息公开申请情况。无。\n"
        "存在的主要问题：\n行政复议、行政诉讼情况良好，另行说明。\n二、主动公开政府信息情况\n见下表。\n"
        "五、存在的主要问题及改进情况\n（一）存在的主要问题\n人手不足。\n（二）改进情况\n已经补充。"
    )
    sections = sections_of(text)
    assert [section.code for section in sections] == ["overview", "disclosure", "problems"]
    assert sections[0].text.count("\n") == 3
    assert sections[2].text == "（一）存在的主要问题\n人手不足。\n（二）改进情况\n已经补充。"
    assert missing_sections({section.code for section in sections}) == [SECTIONS[2][1], SECTIONS[3][1], SECTIONS[5][1]]


def test_lines_of_tables_are_left_out_and_lines_are_counted() -> None:
    text = "标题\n二、主动公开政府信息情况\n\n全年更新目录。\n| 信息内容 | 件数 |\n| 规章 | 0 |\n\n  表后说明。"
    start, end = text.index("信息内容"), text.index(" |\n\n")
    [section], [lines] = read_sections(Document.of(text.split("\n")), [(start, end)])
    assert section.line == 2
    assert section.text == "全年更新目录。\n表后说明。"
    assert lines == [4, 8]


@pytest.mark.parametrize(
    ("text", "problems", "measures"),
    [
        ("存在的问题：人手不足。\n改进措施：增加人手。", "存在的问题：人手不足。", "改进措施：增加人手。"),
        (
            "（一）主要问题。人手不足。（二）整改措施。增加人手。",
            "（一）主要问题。人手不足。",
            "（二）整改措施。增加人手。",
        ),
        ("仍有不足：更新慢。针对上述问题，我镇将采取措施。", "仍有不足：更新慢。", "针对上述问题，我镇将采取措施。"),
        (
            "答复的针对性不强。2024年，我局将从两方面改进：培训。",
            "答复的针对性不强。",
            "2024年，我局将从两方面改进：培训。",
        ),
        ("更新慢。\n下步工作措施：\n一是培训。", "更新慢。", "下步工作措施：\n一是培训。"),
        ("改进情况：已经培训。\n存在的问题：更新慢。", "存在的问题：更新慢。", "改进情况：已经培训。"),
        ("更新慢，人手不足。", "更新慢，人手不足。", None),
        ("下一步，加强培训。", None, "下一步，加强培训。"),
        ("", None, None),
    ],
)
def test_problems_and_measures(text: str, problems: str | None, measures: str | None) -> None:
    found = read_problems([Section("problems", "五、", text, 1)])
    assert (found.problems, found.measures) == (problems, measures)


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("本年度未收取信息处理费，没有其他事项。另有说明。", "本年度未收取信息处理费，没有其他事项。"),
        (
            "（一）收取信息处理费情况。\n2023年，我镇没有收取信息处理费的情况。\n（二）其他。",
            "2023年，我镇没有收取信息处理费的情况。",
        ),
        ("（一）信息处理费收取情况\n无。\n（二）其他。", "（一）信息处理费收取情况\n无。"),
        ("信息处理费收取情况：收取信息处理费0元。", "信息处理费收取情况：收取信息处理费0元。"),
        ("无其他需要报告的事项。", None),
    ],
)
def test_processing_fee(text: str, fee: str | None) -> None:
    assert read_problems([Section("other", "六、", text, 1)]) == Problems(None, None, fee)


@pytest.mark.parametrize(
    "unit", [" ", "\n", "总体情况", "一、总体情况", "一、", "存在的问题", "行政复议、", "(一)", "\t", "1"]
)
def test_a_hundred_thousand_characters_of_one_word_are_read_in_time(unit: str) -> None:
    started = process_time()
    read_problems(sections_of("五、存在的主要问题及改进情况\n" + unit * (100_000 // len(unit))))
    assert process_time() - started < 1
