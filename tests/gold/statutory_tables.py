"""The three statutory tables as issuers print them: rows of cells with their column and row spans.

Written from the two notices, apart from the parser's own form and from the sample generator, so that a mistake there cannot
hide here. `rows` are those of a gold file: a row's code to its printed cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Printed(NamedTuple):
    text: str
    columns: int = 1
    rows: int = 1


Grid = list[list[Printed]]
Rows = Mapping[str, Sequence[str]]

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

OUTCOMES_BOTH = (
    ("（一）予以公开", (("granted", ""),)),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (("partially_granted", ""),)),
    (
        "（三）不予公开",
        (
            ("denied_state_secret", "1.属于国家秘密"),
            ("denied_prohibited_by_law", "2.其他法律行政法规禁止公开"),
            ("denied_public_security", "3.危及“三安全一稳定”"),
            ("denied_third_party", "4.保护第三方合法权益"),
            ("denied_internal_affairs", "5.属于三类内部事务信息"),
            ("denied_process_information", "6.属于四类过程性信息"),
            ("denied_enforcement_file", "7.属于行政执法案卷"),
            ("denied_administrative_inquiry", "8.属于行政查询事项"),
        ),
    ),
    (
        "（四）无法提供",
        (
            ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
            ("unavailable_needs_creation", "2.没有现成信息需要另行制作"),
            ("unavailable_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "（五）不予处理",
        (
            ("rejected_petition", "1.信访举报投诉类申请"),
            ("rejected_repeated", "2.重复申请"),
            ("rejected_publication", "3.要求提供公开出版物"),
            ("rejected_excessive", "4.无正当理由大量反复申请"),
            ("rejected_reconfirmation", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
OUTCOMES_2021 = (
    *OUTCOMES_BOTH,
    (
        "（六）其他处理",
        (
            ("other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
            ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
            ("other_misc", "3.其他"),
        ),
    ),
    ("（七）总计", (("processed_total", ""),)),
)
OUTCOMES_2019 = (
    *OUTCOMES_BOTH,
    ("（六）其他处理", (("other_handling", ""),)),
    ("（七）总计", (("processed_total", ""),)),
)


def disclosure(form: str, rows: Rows) -> Grid:
    return _disclosure_2021(rows) if form == "2021" else _disclosure_2019(rows)


def _disclosure_2021(rows: Rows) -> Grid:
    return [
        [Printed("第二十条第（一）项", 4)],
        [Printed("信息内容"), Printed("本年制发件数"), Printed("本年废止件数"), Printed("现行有效件数")],
        [Printed("规章"), *map(Printed, rows["rules"])],
        [Printed("行政规范性文件"), *map(Printed, rows["normative_documents"])],
        [Printed("第二十条第（五）项", 4)],
        [Printed("信息内容"), Printed("本年处理决定数量", 3)],
        [Printed("行政许可"), Printed(rows["licences"][0], 3)],
        [Printed("第二十条第（六）项", 4)],
        [Printed("信息内容"), Printed("本年处理决定数量", 3)],
        [Printed("行政处罚"), Printed(rows["penalties"][0], 3)],
        [Printed("行政强制"), Printed(rows["coercive_measures"][0], 3)],
        [Printed("第二十条第（八）项", 4)],
        [Printed("信息内容"), Printed("本年收费金额（单位：万元）", 3)],
        [Printed("行政事业性收费"), Printed(rows["fees"][0], 3)],
    ]


def _disclosure_2019(rows: Rows) -> Grid:
    documents = [Printed("信息内容"), *map(Printed, ("本年新制作数量", "本年新公开数量", "对外公开总数量"))]
    items = [Printed("信息内容"), *map(Printed, ("上一年项目数量", "本年增/减", "处理决定数量"))]
    return [
        [Printed("第二十条第（一）项", 4)],
        documents,
        [Printed("规章"), *map(Printed, rows["rules"])],
        [Printed("规范性文件"), *map(Printed, rows["normative_documents"])],
        [Printed("第二十条第（五）项", 4)],
        items,
        [Printed("行政许可"), *map(Printed, rows["licences"])],
        [Printed("其他对外管理服务事项"), *map(Printed, rows["other_services"])],
        [Printed("第二十条第（六）项", 4)],
        items,
        [Printed("行政处罚"), *map(Printed, rows["penalties"])],
        [Printed("行政强制"), *map(Printed, rows["coercive_measures"])],
        [Printed("第二十条第（八）项", 4)],
        [Printed("信息内容"), Printed("上一年项目数量"), Printed("本年增/减", 2)],
        [Printed("行政事业性收费"), Printed(rows["fees"][0]), Printed(rows["fees"][1], 2)],
        [Printed("第二十条第（九）项", 4)],
        [Printed("信息内容"), Printed("采购项目数量"), Printed("采购总金额", 2)],
        [Printed("政府集中采购"), Printed(rows["procurement"][0]), Printed(rows["procurement"][1], 2)],
    ]


def application(form: str, rows: Rows) -> Grid:
    outcomes = OUTCOMES_2021 if form == "2021" else OUTCOMES_2019
    height = sum(len(members) for _, members in outcomes)
    grid = [
        [Printed(NOTE, 3, 3), Printed("申请人情况", 7)],
        [Printed("自然人", rows=2), Printed("法人或其他组织", 5), Printed("总计", rows=2)],
        [Printed(name) for name in APPLICANTS[1:-1]],
        [Printed("一、本年新收政府信息公开申请数量", 3), *map(Printed, rows["new_received"])],
        [Printed("二、上年结转政府信息公开申请数量", 3), *map(Printed, rows["carried_in"])],
    ]
    for group, members in outcomes:
        for index, (code, label) in enumerate(members):
            cells = list(map(Printed, rows[code]))
            if label:
                cells = [*([Printed(group, rows=len(members))] if index == 0 else []), Printed(label), *cells]
            else:
                cells = [Printed(group, 2), *cells]
            if group.startswith("（一）"):
                cells = [Printed("三、本年度办理结果", rows=height), *cells]
            grid.append(cells)
    grid.append([Printed("四、结转下年度继续办理", 3), *map(Printed, rows["carried_forward"])])
    return grid


def dispute(rows: Rows) -> Grid:
    return [
        [Printed("行政复议", 5), Printed("行政诉讼", 10)],
        [
            *(Printed(name, rows=2) for name in RESULTS),
            Printed("未经复议直接起诉", 5),
            Printed("复议后起诉", 5),
        ],
        [Printed(name) for name in (*RESULTS, *RESULTS)],
        [
            Printed(text)
            for track in ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
            for text in rows[track]
        ],
    ]


class Placed(NamedTuple):
    """A printed cell with its 0-based place in the grid."""

    row: int
    column: int
    cell: Printed


def placed(grid: Grid) -> list[Placed]:
    """Where each cell stands once the spans of the cells above and before it are taken into account."""
    taken: set[tuple[int, int]] = set()
    places = []
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            places.append(Placed(row, column, cell))
    return places


DISCLOSURE_ROWS = {
    "2021": {
        "rules": 3,
        "normative_documents": 3,
        "licences": 1,
        "penalties": 1,
        "coercive_measures": 1,
        "fees": 1,
    },
    "2019": {
        "rules": 3,
        "normative_documents": 3,
        "licences": 3,
        "other_services": 3,
        "penalties": 3,
        "coercive_measures": 3,
        "fees": 2,
        "procurement": 2,
    },
}
"""The rows of table 2 and how many cells each has."""


def expand(form: str, told: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, list[str]]]:
    """All rows of a gold report's tables, cell by cell; a row that the gold file leaves out is all zeros."""
    outcomes = OUTCOMES_2021 if form == "2021" else OUTCOMES_2019
    handled = [code for _, members in outcomes for code, _ in members]
    widths = {
        "disclosure": DISCLOSURE_ROWS[form],
        "application": dict.fromkeys(["new_received", "carried_in", *handled, "carried_forward"], 7),
        "dispute": dict.fromkeys(["reconsideration", "direct_litigation", "litigation_after_reconsideration"], 5),
    }
    return {
        table: {row: told[table].get(row, " ".join("0" * count)).split() for row, count in rows.items()}
        for table, rows in widths.items()
    }
