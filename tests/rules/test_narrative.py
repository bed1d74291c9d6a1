"""S6 to S10 over what the parser reads from real sentences: what contradicts the tables, what does not, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import duckdb
import pytest

from dagster_project.report_parser.claims import CLAIM_KINDS, read_claims
from dagster_project.report_parser.document import Document
from dagster_project.report_parser.form import FORMS, SECTIONS, FormVersion
from dagster_project.report_parser.sections import read_sections
from expectations.results import tables_of_a_release
from expectations.rules import RULES, narrative

BY_ID = {rule.rule_id: rule for rule in RULES}
HEADINGS = {code: f"{numeral}、{heading}" for numeral, (code, heading) in zip("一二三四五六", SECTIONS, strict=True)}

Cells = Mapping[str, int | str]
"""The cells of table 3's and 4's total columns and of table 2 that are not 0: a figure, or another state than number."""


class Result(NamedTuple):
    place: str
    status: str
    left: Decimal | None
    right: Decimal | None
    cells: list[str] | None
    detail: str


def results(rule_id: str, prose: str, cells: Cells, form: FormVersion = "2021") -> list[Result]:
    """What the rule says of a report with this prose, read by the parser, and these cells."""
    lines = [line for code in HEADINGS for line in (HEADINGS[code], *(prose.split("\n") if code == "overview" else []))]
    claims = read_claims(read_sections(Document.of(lines), []))
    names = [".".join(name) for name in FORMS[form].cells()]
    assert set(cells) <= set(names)
    with duckdb.connect() as connection:
        connection.execute(
            "create table report_claim (report_key varchar, kind varchar, code varchar, value decimal(18, 6),"
            " is_approximate boolean, sentence varchar, line integer)"
        )
        connection.execute(
            "create table report_cell (report_key varchar, table_code varchar, row_code varchar, column_code varchar,"
            " value decimal(18, 6), state varchar)"
        )
        if claims:
            connection.executemany(
                "insert into report_claim values (?, ?, ?, ?, ?, ?, ?)",
                [
                    ("r", claim.kind, claim.code, claim.value, claim.is_approximate, claim.sentence, claim.line)
                    for claim in claims
                ],
            )
        printed = [(name, cells.get(name, 0)) for name in names]
        connection.executemany(
            "insert into report_cell values (?, ?, ?, ?, ?, ?)",
            [
                ("r", *name.split("."), None, printed)
                if isinstance(printed, str) and printed in STATES
                else ("r", *name.split("."), printed, "number")
                for name, printed in printed
            ],
        )
        counts = [sum(state == counted for _, state in printed) for counted in STATES]
        connection.execute(
            "create table dim_report as select 'r' as report_key, '{}' as form, {} as blank_cells, {} as dash_cells,"
            " {} as text_cells, {} as absent_cells".format(form, *counts)
        )
        connection.execute(
            "create table dim_form_cell as select distinct ? as form, table_code, row_code, column_code from report_cell",
            [form],
        )
        query = BY_ID[rule_id].asked_of(tables_of_a_release())
        rows = connection.execute(
            f"select report_key, place, status, left_value, right_value, difference, cells, detail, other_report_key"
            f" from ({query}) order by place"
        ).fetchall()
    assert all(
        left is None or left - right == difference for _, _, _, left, right, difference, *_ in rows if right is not None
    )
    assert len({place for _, place, *_ in rows}) == len(rows)
    return [
        Result(place, status, left, right, cells, detail) for _, place, status, left, right, _, cells, detail, _ in rows
    ]


STATES = ("blank", "dash", "text", "absent")
NEW, OLD = "application.new_received.total", "application.carried_in.total"
DONE, NEXT = "application.processed_total.total", "application.carried_forward.total"
REVIEWS = "dispute.reconsideration.total"
DIRECT, LATER = "dispute.direct_litigation.total", "dispute.litigation_after_reconsideration.total"
ISSUED, DECIDED = "disclosure.normative_documents.issued", "disclosure.penalties.decisions"
FEES = "disclosure.fees.amount"
ALL = "claim.channel.all"

Case = tuple[str, Cells, dict[str, str]]

APPLICATIONS: list[Case] = [
    ("全年新收政府信息公开申请21件，上年结转2件，办结20件，结转下年度继续办理3件。", {NEW: 21, OLD: 2, DONE: 20, NEXT: 3}, {NEW: "pass", OLD: "pass", DONE: "pass", NEXT: "pass"}),
    ("全年新收政府信息公开申请12件，上年结转2件。", {NEW: 21, OLD: 2}, {NEW: "fail", OLD: "pass"}),
    ("全年收到政府信息公开申请23件。", {NEW: 21, OLD: 2}, {NEW: "pass"}),
    ("全年收到政府信息公开申请22件。", {NEW: 21, OLD: 2}, {NEW: "fail"}),
    ("全年收到政府信息公开申请0件。", {NEW: 1}, {NEW: "fail"}),
    ("共答复政府信息公开申请20件。", {DONE: 21}, {DONE: "fail"}),
    # A part of the year's applications, or what is said once more.
    ("全年收到政府信息公开申请21件。县自然资源局收到政府信息公开申请5件。", {NEW: 21}, {NEW: "pass"}),
    ("县教育局收到政府信息公开申请8件。县公安局收到政府信息公开申请4件。", {NEW: 15}, {NEW: "not_assessable"}),
    ("收到政府信息公开申请12件。收到政府信息公开申请19件。", {NEW: 15}, {NEW: "fail"}),
    ("收到政府信息公开申请15件。办理中又收到政府信息公开申请51件。", {NEW: 15}, {NEW: "fail"}),
    # The whole county may be more than the report.
    ("全县共收到政府信息公开申请120件。", {NEW: 15}, {NEW: "not_assessable"}),
    ("全县共收到政府信息公开申请120件。", {NEW: 120}, {NEW: "pass"}),
    ("全县共收到政府信息公开申请120件。县政府收到政府信息公开申请15件。", {NEW: 15}, {NEW: "pass"}),
    # Part of a year, last year, sub-kinds: nothing is claimed, and nothing is held against a table.
    ("上半年收到政府信息公开申请5件。去年收到政府信息公开申请9件。", {NEW: 15}, {}),
    ("收到涉及土地的政府信息公开申请5件。", {NEW: 15}, {}),
    ("通过网络收到政府信息公开申请5件。", {NEW: 15}, {}),
    # Approximate figures never contradict.
    ("全年收到政府信息公开申请200余件。", {NEW: 236}, {NEW: "pass"}),
    ("全年收到政府信息公开申请近200件。", {NEW: 196}, {NEW: "not_assessable"}),
    ("全年收到政府信息公开申请20余件。", {NEW: 12}, {NEW: "not_assessable"}),
    # Blanks may be any count, text is none.
    ("全年收到政府信息公开申请3件。", {NEW: "blank"}, {NEW: "not_assessable"}),
    ("全年收到政府信息公开申请3件。", {NEW: 1, OLD: "blank"}, {NEW: "not_assessable"}),
    ("全年收到政府信息公开申请3件。", {NEW: 4, OLD: "dash"}, {NEW: "fail"}),
    ("全年收到政府信息公开申请3件。", {NEW: "text"}, {NEW: "not_assessable"}),
    ("办结政府信息公开申请3件。", {DONE: "absent"}, {DONE: "not_assessable"}),
    # Groups of outcomes have no cells of their own.
    ("办结政府信息公开申请9件，其中不予公开3件，无法提供2件。", {DONE: 9, "application.denied_third_party.total": 1, "application.denied_public_security.total": 2, "application.unavailable_unclear.total": 1}, {DONE: "pass", "application.denied.total": "pass", "application.unavailable.total": "fail"}),
    ("共答复政府信息公开申请5件。因本机关不掌握相关信息而无法提供的4件，不予处理1件。", {DONE: 5, "application.unavailable_not_held.total": 4}, {DONE: "pass", "application.unavailable_not_held.total": "pass", "application.rejected.total": "fail"}),
    # Applicants have columns of their own.
    ("收到政府信息公开申请9件，其中自然人8件，商业企业1件。", {NEW: 9, "application.new_received.natural_person": 8, "application.new_received.legal_service": 1}, {NEW: "pass", "application.new_received.natural_person": "pass", "application.new_received.commercial": "fail"}),
]  # fmt: skip

DISPUTES: list[Case] = [
    ("因政府信息公开引发行政复议3件、行政诉讼2件。", {REVIEWS: 3, DIRECT: 1, LATER: 1}, {REVIEWS: "pass", "dispute.litigation.total": "pass"}),
    ("因政府信息公开引发行政复议2件、行政诉讼2件。", {REVIEWS: 3, DIRECT: 2, LATER: 1}, {REVIEWS: "fail", "dispute.litigation.total": "pass"}),
    ("因政府信息公开引发行政诉讼3件。", {DIRECT: 2, LATER: 2}, {"dispute.litigation.total": "fail"}),
    ("因政府信息公开工作被申请行政复议3件，其中维持2件，纠正1件。", {REVIEWS: 3, "dispute.reconsideration.upheld": 1, "dispute.reconsideration.corrected": "blank"}, {REVIEWS: "pass", "dispute.reconsideration.upheld": "fail", "dispute.reconsideration.corrected": "not_assessable"}),
    ("因政府信息公开引发行政复议3件。", {REVIEWS: "blank"}, {REVIEWS: "not_assessable"}),
    ("我局全年审理行政复议案件120件。", {REVIEWS: 1}, {}),
]  # fmt: skip

DISCLOSURES: list[Case] = [
    ("制发规范性文件6件，作出行政处罚决定42件。", {ISSUED: 6, DECIDED: 42}, {ISSUED: "pass", DECIDED: "pass"}),
    ("制发规范性文件6件，作出行政处罚决定42件。", {ISSUED: 5, DECIDED: 24}, {ISSUED: "fail", DECIDED: "fail"}),
    ("作出行政处罚决定约42件。", {DECIDED: 50}, {DECIDED: "pass"}),
    ("作出行政处罚决定约42件。", {DECIDED: 40}, {DECIDED: "not_assessable"}),
    ("作出行政处罚决定42件。", {DECIDED: "dash"}, {DECIDED: "not_assessable"}),
    # Rounded money, and money in yuan where the table is in 万元.
    ("全年行政事业性收费977万元。", {FEES: "976.81"}, {FEES: "pass"}),
    ("全年行政事业性收费9768123元。", {FEES: "976.81"}, {FEES: "pass"}),
    ("全年行政事业性收费967.81万元。", {FEES: "976.81"}, {FEES: "fail"}),
    ("全年行政事业性收费3,200元。", {FEES: 3200}, {FEES: "fail"}),
    ("全年行政事业性收费3,200元。行政事业性收费0.32万元。", {FEES: "0.32"}, {FEES: "pass"}),
    ("全年行政事业性收费3,200元。行政事业性收费3.2万元。", {FEES: "0.32"}, {FEES: "fail"}),
    ("全年行政事业性收费0元。", {FEES: "0.5"}, {FEES: "fail"}),
    ("全市作出行政处罚决定42件。", {DECIDED: 24}, {DECIDED: "not_assessable"}),
]  # fmt: skip

SUMS: list[Case] = [
    ("全年公开信息394条，其中网站34条，微信公众号发布信息360条。", {}, {ALL: "pass"}),
    ("全年公开信息394条，其中网站公开34条，微信公众号发布信息350条。", {}, {ALL: "fail"}),
    ("全年公开信息394条，其中网站公开34条，微信公众号发布信息370条。", {}, {ALL: "fail"}),
    ("政府网站发布信息34条，微信公众号发布信息360条，共计发布信息384条。", {}, {ALL: "fail"}),
    ("累计发布信息159条（政府网站71条，微信公众号98条）。", {}, {ALL: "fail"}),
    ("依托门户网站和政务新媒体，我镇全年发布信息共159条，分渠道看：政府网站70条、微信公众号88条。", {}, {ALL: "fail"}),
    ("全年公开信息１５９条，分渠道看：政府网站发布７０条、微信公众号发布８８条。", {}, {ALL: "fail"}),
    ("全年公开信息１５９条，其中：政府网站发布７０条、微信公众号发布８８条。", {}, {ALL: "fail"}),
    ("全年公开信息1,594条，其中：政府网站发布706条、微信公众号发布887条。", {}, {ALL: "fail"}),
    ("全年公開信息394條，其中網站公開34條，微信公眾號發布信息350條。", {}, {ALL: "fail"}),
    # A single channel after 其中, or examples, may leave others out.
    ("全年公开信息394条，其中网站公开34条。", {}, {ALL: "not_assessable"}),
    ("全年公开信息394条，其中网站公开34条，微信公众号发布信息350条等。", {}, {ALL: "not_assessable"}),
    ("全年公开信息300条，其中网站公开300条，微信公众号同步发布信息200条。", {}, {ALL: "not_assessable"}),
    # A figure that is no claim may be a part too.
    ("全年公开信息394条，其中网站公开34条，微信公众号发布信息350条，今日头条发布信息10条。", {}, {ALL: "not_assessable"}),
    ("全年公开信息394条，其中网站公开34条，微信公众号发布信息350余条。", {}, {ALL: "not_assessable"}),
    ("全年公开信息394条，其中网站公开197条，微信公众号发布信息197条，微博发布信息197条。", {}, {ALL: "fail"}),
    ("全年公开信息394条，其中网站公开20条，网站公开20条，微信公众号发布信息364条。", {}, {ALL: "not_assessable"}),
    # Nothing says that they belong together.
    ("全年公开信息394条。网站公开34条，微信公众号发布信息350条。", {}, {}),
    ("全年公开信息394条，网站公开34条，微信公众号发布信息350条。", {}, {}),
    ("收到政府信息公开申请4件，其中当面申请1件，网络申请2件，信函申请1件。", {}, {"claim.application.received": "pass"}),
    ("收到政府信息公开申请4件，其中当面申请1件，网络申请3件，信函申请1件。", {}, {"claim.application.received": "fail"}),
    ("收到政府信息公开申请4件，其中网络申请3件。", {}, {"claim.application.received": "not_assessable"}),
    ("收到政府信息公开申请4件，其中自然人3件，商业企业2件。", {}, {"claim.application.received": "fail"}),
    ("办结政府信息公开申请12件，其中予以公开9件，不予公开4件。", {}, {"claim.application.processed": "fail"}),
    ("因政府信息公开被申请行政复议3件，其中维持3件，纠正1件。", {}, {"claim.dispute.reconsideration": "fail"}),
]  # fmt: skip

DENIALS: list[Case] = [
    ("2023年，我镇未收到政府信息公开申请，也没有上年结转的申请。", {}, {NEW: "pass", OLD: "pass"}),
    ("2023年，我镇未收到政府信息公开申请，也没有上年结转的申请。", {NEW: 3, OLD: 1}, {NEW: "fail", OLD: "fail"}),
    ("2023年，我镇未收到政府信息公开申请。", {NEW: "blank"}, {NEW: "not_assessable"}),
    ("2023年，我镇未收到政府信息公开申请。", {NEW: "text"}, {NEW: "not_assessable"}),
    ("全县各部门均未收到政府信息公开申请。", {NEW: 3}, {}),
    ("收到政府信息公开申请5件，均已办结。", {NEW: 5, NEXT: 1}, {NEXT: "fail"}),
    ("收到政府信息公开申请5件，均已办结。", {NEW: 5}, {NEXT: "pass"}),
    ("没有因政府信息公开被申请行政复议或者被提起行政诉讼。", {LATER: 2}, {REVIEWS: "pass", DIRECT: "pass", LATER: "fail"}),
    ("全年没有制发规范性文件，也没有作出行政许可、行政处罚和行政强制决定。", {ISSUED: 2, DECIDED: 1}, {ISSUED: "fail", DECIDED: "fail", "disclosure.licences.decisions": "pass", "disclosure.coercive_measures.decisions": "pass"}),
    ("全年未收取行政事业性收费。", {FEES: "0.5"}, {FEES: "fail"}),
    # What is charged for processing applications stands in no table.
    ("本年度未收取信息处理费。", {FEES: 3}, {}),
    ("依申请提供政府信息未收取任何费用。", {FEES: 3}, {}),
    # Part of a year, others than the one who reports, sub-kinds.
    ("上半年未收到政府信息公开申请。", {NEW: 3}, {}),
    ("1至6月，我镇未收到政府信息公开申请。", {NEW: 3}, {}),
    ("截至6月底未收到政府信息公开申请。", {NEW: 3}, {}),
    ("各乡镇未收到政府信息公开申请。", {NEW: 3}, {}),
    ("下属单位未收到政府信息公开申请。", {NEW: 3}, {}),
    ("2022年未收到政府信息公开申请。2023年收到政府信息公开申请3件。2023年办结。", {NEW: 3}, {}),
    ("通过网络收到政府信息公开申请3件，均已办结。", {NEXT: 3}, {}),
    ("我市教育局收到政府信息公开申请3件，均已办结。", {NEXT: 3}, {}),
    ("第一季度收到政府信息公开申请3件，均已办结。", {NEXT: 3}, {}),
]  # fmt: skip


def statuses(rule_id: str, case: Case) -> dict[str, str]:
    return {result.place: result.status for result in results(rule_id, case[0], case[1])}


@pytest.mark.parametrize("case", APPLICATIONS, ids=lambda case: case[0])
def test_applications_in_the_prose_are_held_against_table_3(case: Case) -> None:
    assert statuses("S6", case) == case[2]


@pytest.mark.parametrize("case", DISPUTES, ids=lambda case: case[0])
def test_disputes_in_the_prose_are_held_against_table_4(case: Case) -> None:
    assert statuses("S7", case) == case[2]


@pytest.mark.parametrize("case", DISCLOSURES, ids=lambda case: case[0])
def test_documents_decisions_and_fees_in_the_prose_are_held_against_table_2(case: Case) -> None:
    assert statuses("S8", case) == case[2]


@pytest.mark.parametrize("case", SUMS, ids=lambda case: case[0])
def test_parts_are_held_against_the_whole_where_the_sentence_says_that_they_are_its_parts(case: Case) -> None:
    assert statuses("S9", case) == case[2]


@pytest.mark.parametrize("case", DENIALS, ids=lambda case: case[0])
def test_what_is_denied_is_not_counted(case: Case) -> None:
    assert statuses("S10", case) == case[2]


def test_a_contradiction_names_both_figures_the_cells_and_the_sentence() -> None:
    sentence = "全年新收政府信息公开申请12件。"
    assert results("S6", sentence, {NEW: 21}) == [Result(NEW, "fail", Decimal(12), Decimal(21), [NEW], sentence)]
    assert results("S10", "我镇未收到政府信息公开申请。", {NEW: 21}) == [
        Result(NEW, "fail", Decimal(0), Decimal(21), [NEW], "我镇未收到政府信息公开申请。")
    ]
    sentence = "全年公开信息394条，其中网站公开34条，微信公众号发布信息350条。"
    assert results("S9", sentence, {}) == [Result(ALL, "fail", Decimal(384), Decimal(394), None, sentence)]


def test_a_document_issued_may_be_one_made_or_one_disclosed_in_the_trial_form() -> None:
    place = "disclosure.normative_documents.newly_made"
    cells = {place: 5, "disclosure.normative_documents.newly_disclosed": 6}
    for issued, status in ((5, "pass"), (6, "pass"), (7, "fail")):
        [result] = results("S8", f"制发规范性文件{issued}件，年末现行有效70件。", cells, "2019")
        assert (result.place, result.status) == (place, status)


def test_other_handling_is_a_row_in_one_form_and_a_group_in_the_other() -> None:
    prose = "办结政府信息公开申请9件，其他处理2件。"
    place = "application.other_handling.total"
    cells: Cells = {DONE: 9, "application.other_misc.total": 1, "application.other_no_correction.total": 1}
    assert {r.place: r.status for r in results("S6", prose, cells)}[place] == "pass"
    assert {r.place: r.status for r in results("S6", prose, {DONE: 9, place: 2}, "2019")}[place] == "pass"


def test_every_claim_that_a_rule_reads_is_one_that_the_parser_makes() -> None:
    known = {(claim.kind, claim.code) for claim in CLAIM_KINDS}
    assert {("application", meaning.code) for meaning in narrative._APPLICATIONS} <= known
    assert {("dispute", meaning.code) for meaning in narrative._DISPUTES} <= known
    assert {("disclosure", meaning.code) for meaning in narrative._DISCLOSURES} <= known
    assert {("none", code) for code, *_ in narrative._DENIED} <= known
    assert {(kind, code) for kind, whole, part, _ in narrative._LISTS for code in (whole, part)} <= known
