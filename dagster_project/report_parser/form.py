"""The statutory form as data: its tables, rows, columns and labels, in both versions.

Everything that names a cell derives from this module: the parser's output, the dbt seeds (written by
`python -m dagster_project.warehouse.form_seeds`), the rules and the dashboard's labels.

Sources: 国办公开办函〔2019〕60号 (trial form, for the reports on 2019 and 2020) and 国办公开办函〔2021〕30号 (from the report
on 2021 on); table 2 follows 第二十条 of 政府信息公开条例. A cell is named `table.row.column`.

What does not belong here: how a label is found in a document (`rows.py`, `tables.py`), or what the cells must add up to
(`expectations/rules/`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

FormVersion = Literal["2019", "2021"]
CellName = tuple[str, str, str]
"""(table code, row code, column code)."""

# The parts of the form exist once: they are compared by identity, which makes them cheap keys.


@dataclass(frozen=True, eq=False)
class Column:
    """One value column. `unit` is 件, 项 or 万元: what one unit of the value is."""

    code: str
    zh: str
    en: str
    unit: str = "件"

    @property
    def is_money(self) -> bool:
        return self.unit == "万元"


@dataclass(frozen=True, eq=False)
class Row:
    """One printed row that has cells of its own.

    `pattern` is a regular expression for the row's label with white space removed, brackets made half-width; it tolerates
    the known variants of the label. `group` is the code of the group label the row stands under, if any.
    """

    code: str
    zh: str
    en: str
    pattern: str
    columns: tuple[Column, ...]
    group: str | None = None
    article: str | None = None


@dataclass(frozen=True, eq=False)
class Group:
    """A label that has no cells of its own (in table 3: （三）不予公开 and the like)."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, eq=False)
class Table:
    code: str
    zh: str
    en: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Form:
    """One version of the form: three tables, 200 cells (2021) or 198 (2019)."""

    version: FormVersion
    notice: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]

    @cached_property
    def by_code(self) -> dict[str, Table]:
        return {table.code: table for table in self.tables}

    def cells(self) -> Iterator[CellName]:
        """Every cell of the form, in printed order."""
        for table in self.tables:
            for row in table.rows:
                for column in row.columns:
                    yield table.code, row.code, column.code


SECTIONS: tuple[tuple[str, str], ...] = (
    ("overview", "总体情况"),
    ("disclosure", "主动公开政府信息情况"),
    ("application", "收到和处理政府信息公开申请情况"),
    ("dispute", "政府信息公开行政复议、行政诉讼情况"),
    ("problems", "存在的主要问题及改进情况"),
    ("other", "其他需要报告的事项"),
)
"""The six sections: (code, heading)."""

# --- Table 2: disclosure ---------------------------------------------------------------------------------------------

_ISSUED = Column("issued", "本年制发件数", "Issued this year")
_REPEALED = Column("repealed", "本年废止件数", "Repealed this year")
_IN_FORCE = Column("in_force", "现行有效件数", "In force")
_NEWLY_MADE = Column("newly_made", "本年新制作数量", "Newly made this year")
_NEWLY_DISCLOSED = Column("newly_disclosed", "本年新公开数量", "Newly disclosed this year")
_TOTAL_DISCLOSED = Column("total_disclosed", "对外公开总数量", "Disclosed in total")
_PREVIOUS = Column("previous_items", "上一年项目数量", "Items last year", "项")
_CHANGE = Column("change", "本年增/减", "Change this year", "项")
_DECISIONS_2021 = Column("decisions", "本年处理决定数量", "Decisions this year")
_DECISIONS_2019 = Column("decisions", "处理决定数量", "Decisions")
_FEE_AMOUNT = Column("amount", "本年收费金额", "Fees charged this year", "万元")
_PROJECTS = Column("projects", "采购项目数量", "Procurement projects", "项")
_PROCUREMENT_AMOUNT = Column("amount", "采购总金额", "Procurement amount", "万元")

_DOCUMENTS_2021 = (_ISSUED, _REPEALED, _IN_FORCE)
_DOCUMENTS_2019 = (_NEWLY_MADE, _NEWLY_DISCLOSED, _TOTAL_DISCLOSED)
_ITEMS_2019 = (_PREVIOUS, _CHANGE, _DECISIONS_2019)

_ARTICLE_1, _ARTICLE_5, _ARTICLE_6, _ARTICLE_8, _ARTICLE_9 = (
    f"第二十条第（{number}）项" for number in ("一", "五", "六", "八", "九")
)


def _disclosure(version: FormVersion) -> Table:
    documents = _DOCUMENTS_2021 if version == "2021" else _DOCUMENTS_2019
    decisions = (_DECISIONS_2021,) if version == "2021" else _ITEMS_2019
    rules = Row("rules", "规章", "Rules", r"规章", documents, article=_ARTICLE_1)
    normative = Row(
        "normative_documents",
        "行政规范性文件" if version == "2021" else "规范性文件",
        "Normative documents",
        r"(?:行政)?规范性文件",
        documents,
        article=_ARTICLE_1,
    )
    licences = Row("licences", "行政许可", "Licences", r"行政许可", decisions, article=_ARTICLE_5)
    services = Row(
        "other_services",
        "其他对外管理服务事项",
        "Other public services",
        r"其他对外管理服务事项",
        _ITEMS_2019,
        article=_ARTICLE_5,
    )
    penalties = Row("penalties", "行政处罚", "Penalties", r"行政处罚", decisions, article=_ARTICLE_6)
    coercive = Row("coercive_measures", "行政强制", "Coercive measures", r"行政强制", decisions, article=_ARTICLE_6)
    fees = Row(
        "fees",
        "行政事业性收费",
        "Administrative fees",
        r"行政事业性收费",
        (_FEE_AMOUNT,) if version == "2021" else (_PREVIOUS, _CHANGE),
        article=_ARTICLE_8,
    )
    procurement = Row(
        "procurement",
        "政府集中采购",
        "Government procurement",
        r"政府集中采购",
        (_PROJECTS, _PROCUREMENT_AMOUNT),
        article=_ARTICLE_9,
    )
    rows = (
        (rules, normative, licences, penalties, coercive, fees)
        if version == "2021"
        else (rules, normative, licences, services, penalties, coercive, fees, procurement)
    )
    return Table("disclosure", "主动公开政府信息情况", "Proactive disclosure", rows)


# --- Table 3: application --------------------------------------------------------------------------------------------

APPLICANTS: tuple[Column, ...] = (
    Column("natural_person", "自然人", "Natural persons"),
    Column("commercial", "商业企业", "Businesses"),
    Column("research", "科研机构", "Research institutions"),
    Column("public_welfare", "社会公益组织", "Public-welfare organisations"),
    Column("legal_service", "法律服务机构", "Legal-service organisations"),
    Column("other", "其他", "Others"),
)
TOTAL = Column("total", "总计", "Total")
_APPLICATION_COLUMNS = (*APPLICANTS, TOTAL)

OUTCOME_GROUPS: tuple[Group, ...] = (
    Group("granted", "（一）予以公开", "Granted"),
    Group("partially_granted", "（二）部分公开", "Partially granted"),
    Group("denied", "（三）不予公开", "Denied"),
    Group("unavailable", "（四）无法提供", "Unavailable"),
    Group("rejected", "（五）不予处理", "Not processed"),
    Group("other_handling", "（六）其他处理", "Other handling"),
)


def _application_row(code: str, zh: str, en: str, pattern: str, group: str | None = None) -> Row:
    return Row(code, zh, en, pattern, _APPLICATION_COLUMNS, group)


NEW_RECEIVED = _application_row(
    "new_received", "一、本年新收政府信息公开申请数量", "New applications", r"本年(?:度)?新收(?:政府信息公开申请数量)?"
)
CARRIED_IN = _application_row(
    "carried_in",
    "二、上年结转政府信息公开申请数量",
    "Carried in from last year",
    r"上年(?:度)?结转(?:政府信息公开申请数量)?",
)
PROCESSED_TOTAL = _application_row("processed_total", "（七）总计", "Processed in total", r"\([七六]\)总计")
CARRIED_FORWARD = _application_row(
    "carried_forward", "四、结转下年度继续办理", "Carried forward to next year", r"结转下(?:一)?年(?:度)?(?:继续办理)?"
)

_OUTCOMES_BOTH = (
    _application_row("granted", "（一）予以公开", "Granted", r"(?<!不)予以公开", "granted"),
    _application_row(
        "partially_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "Partially granted",
        r"部分公开(?:\(区分处理的[,，]?只计这一情形[,，]?不计其他情形\))?",
        "partially_granted",
    ),
    _application_row("denied_state_secret", "1.属于国家秘密", "State secret", r"(?:1[.、．])?属于国家秘密", "denied"),
    _application_row(
        "denied_prohibited_by_law",
        "2.其他法律行政法规禁止公开",
        "Prohibited by law or regulation",
        r"(?:2[.、．])?其他法律[、，]?(?:行政)?法规禁止公开",
        "denied",
    ),
    _application_row(
        "denied_public_security",
        "3.危及“三安全一稳定”",
        "Endangers security or stability",
        r"(?:3[.、．])?危及[\"“”'‘’]{0,2}三安全一稳定[\"“”'‘’]{0,2}",
        "denied",
    ),
    _application_row(
        "denied_third_party", "4.保护第三方合法权益", "Third-party rights", r"(?:4[.、．])?保护第三方合法权益", "denied"
    ),
    _application_row(
        "denied_internal_affairs",
        "5.属于三类内部事务信息",
        "Internal affairs",
        r"(?:5[.、．])?属于三类内部事务信息",
        "denied",
    ),
    _application_row(
        "denied_process_information",
        "6.属于四类过程性信息",
        "Process information",
        r"(?:6[.、．])?属于四类过程性信息",
        "denied",
    ),
    _application_row(
        "denied_enforcement_file", "7.属于行政执法案卷", "Enforcement file", r"(?:7[.、．])?属于行政执法案卷", "denied"
    ),
    _application_row(
        "denied_administrative_inquiry",
        "8.属于行政查询事项",
        "Administrative inquiry",
        r"(?:8[.、．])?属于行政查询事项",
        "denied",
    ),
    _application_row(
        "unavailable_not_held",
        "1.本机关不掌握相关政府信息",
        "Not held",
        r"(?:1[.、．])?本机关不掌握(?:相关政府信息)?",
        "unavailable",
    ),
    _application_row(
        "unavailable_needs_creation",
        "2.没有现成信息需要另行制作",
        "Would have to be created",
        r"(?:2[.、．])?没有现成信息(?:需要另行制作)?",
        "unavailable",
    ),
    _application_row(
        "unavailable_unclear",
        "3.补正后申请内容仍不明确",
        "Still unclear after correction",
        r"(?:3[.、．])?补正后申请内容仍不明确",
        "unavailable",
    ),
    _application_row(
        "rejected_petition",
        "1.信访举报投诉类申请",
        "Petition or complaint",
        r"(?:1[.、．])?信访举报投诉(?:类申请)?",
        "rejected",
    ),
    _application_row("rejected_repeated", "2.重复申请", "Repeated application", r"(?:2[.、．])?重复申请", "rejected"),
    _application_row(
        "rejected_publication",
        "3.要求提供公开出版物",
        "Asks for a publication",
        r"(?:3[.、．])?要求提供公开出版物",
        "rejected",
    ),
    _application_row(
        "rejected_excessive",
        "4.无正当理由大量反复申请",
        "Excessive applications",
        r"(?:4[.、．])?无正当理由大量反复申请",
        "rejected",
    ),
    _application_row(
        "rejected_reconfirmation",
        "5.要求行政机关确认或重新出具已获取信息",
        "Asks to reconfirm known information",
        r"(?:5[.、．])?要求行政机关确认或重新出具(?:已获取信息)?",
        "rejected",
    ),
)
_OTHER_HANDLING_2021 = (
    _application_row(
        "other_no_correction",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "Not corrected in time",
        r"(?:1[.、．])?(?:申请人)?无正当理由逾期不补正[、,，]?(?:行政机关不再处理其政府信息公开申请)?",
        "other_handling",
    ),
    _application_row(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "Fee not paid in time",
        r"(?:2[.、．])?(?:申请人)?逾期未按收费通知要求缴纳费用[、,，]?(?:行政机关不再处理其政府信息公开申请)?",
        "other_handling",
    ),
    # 其他 alone is also a heading: this one is numbered, or stands right behind the label above it.
    _application_row(
        "other_misc",
        "3.其他",
        "Other",
        r"(?:\(?[3\0][.、．)]?|③|(?<=政府信息公开申请)|(?<=缴纳费用))其他(?!法律|处理)",
        "other_handling",
    ),
)
_OTHER_HANDLING_2019 = (
    _application_row("other_handling", "（六）其他处理", "Other handling", r"\(六\)其他处理", "other_handling"),
)


def _application(version: FormVersion) -> Table:
    other = _OTHER_HANDLING_2021 if version == "2021" else _OTHER_HANDLING_2019
    rows = (NEW_RECEIVED, CARRIED_IN, *_OUTCOMES_BOTH, *other, PROCESSED_TOTAL, CARRIED_FORWARD)
    return Table("application", "收到和处理政府信息公开申请情况", "Applications received and processed", rows)


# --- Table 4: dispute ------------------------------------------------------------------------------------------------

DISPUTE_RESULTS: tuple[Column, ...] = (
    Column("upheld", "结果维持", "Upheld"),
    Column("corrected", "结果纠正", "Corrected"),
    Column("other", "其他结果", "Other result"),
    Column("pending", "尚未审结", "Pending"),
)
DISPUTE_TRACKS: tuple[Group, ...] = (
    Group("reconsideration", "行政复议", "Administrative reconsideration"),
    Group("direct_litigation", "未经复议直接起诉", "Direct litigation"),
    Group("litigation_after_reconsideration", "复议后起诉", "Litigation after reconsideration"),
)
DISPUTE_CHARACTERS = "".join(
    sorted(set("结果维持结果纠正其他结果尚未审结总计行政复议行政诉讼未经复议直接起诉复议后起诉"))
)
"""Every character of table 4's headings."""
_DISPUTE = Table(
    "dispute",
    "政府信息公开行政复议、行政诉讼情况",
    "Reconsideration and litigation",
    tuple(
        Row(track.code, track.zh, track.en, re_label, (*DISPUTE_RESULTS, TOTAL))
        for track, re_label in zip(DISPUTE_TRACKS, (r"行政复议", r"未经复议直接起诉", r"复议后起诉"), strict=True)
    ),
)

FORMS: dict[FormVersion, Form] = {
    "2019": Form(
        "2019",
        "国办公开办函〔2019〕60号",
        2019,
        2020,
        (_disclosure("2019"), _application("2019"), _DISPUTE),
    ),
    "2021": Form(
        "2021",
        "国办公开办函〔2021〕30号",
        2021,
        None,
        (_disclosure("2021"), _application("2021"), _DISPUTE),
    ),
}


def expected_version(year: int) -> FormVersion:
    """The version that the notices prescribe for the report on `year`."""
    return "2019" if year <= 2020 else "2021"
