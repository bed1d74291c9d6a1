"""The words of a correction notice (整改通知书), in the order and numbering of official documents (GB/T 9704).

A letter is a sequence of lines and tables without any look: `word.py` and `pdf.py` print the same one. Whatever comes from a report is text:
it is made plain here, and the printers take no markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Literal

from ..rules.rule import RULE_OF_FORM
from .matter import Broken, Matter, PrintedCell, Suggestion

Role = Literal[
    "mark",
    "number",
    "title",
    "addressee",
    "paragraph",
    "heading",
    "subheading",
    "closing",
    "office",
    "date",
    "attachment",
    "attachment_title",
    "note",
]
"""What a line is. `mark` stands above all else: a notice that may not be sent. `closing` stays on the page of the signature;
`attachment` begins a new page."""

WORKING_DAYS = 10
"""Days to correct in where no day is named. Counted by the receiver: which days are worked is not known here."""

_BEIJING = timezone(timedelta(hours=8))
"""The day in China, wherever the machine stands."""
_ATTACHMENT = "有关单元格明细和核对依据"
_NUMERALS = "一二三四五六七八九十"
_LONGEST = 300
"""Characters of a sentence or name taken over from a report; more would be no name and no sentence."""
_WHOLE_PLACES = {"title": "标题", "published_on": "公布日期", "form": "年度报告格式", "report": "全文"}
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


@dataclass(frozen=True)
class Terms:
    """What the sender decides. `office` signs the notice, on the day `dated`; `number` is its 发文字号, if it has one already; `deadline` is the last day to
    correct, by default ten working days after receipt; `site` is the address of the dashboards, where others can open them."""

    office: str
    dated: date = field(default_factory=lambda: datetime.now(_BEIJING).date())
    deadline: date | None = None
    number: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class Line:
    role: Role
    text: str


@dataclass(frozen=True)
class Table:
    """`shares` are the relative widths of the columns."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


Letter = tuple[Line | Table, ...]


def write_letter(matter: Matter, terms: Terms) -> Letter:
    """The notice to the organ of `matter`, which has at least one error."""
    return tuple(_letter(matter, terms))


def addressee(matter: Matter) -> str:
    """The organ's name; behind its county, city or province where it names none: three townships in China are called 西坡镇."""
    above = matter.places[:3] if len(matter.places) > 3 else matter.places
    is_told = not above or any(place in matter.organ_name for place in above)
    return plain(matter.organ_name if is_told else f"{above[-1]}{matter.organ_name}")


def figure(value: Decimal) -> str:
    """A number as a document writes it: exact, without separators."""
    return f"{int(value)}" if value == value.to_integral_value() else f"{value.normalize():f}"


def plain(text: str, longest: int = _LONGEST) -> str:
    """`text` as one line of visible characters: what reverses, hides or breaks a line is no part of a name or figure."""
    visible = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in visible if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn"))
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _letter(matter: Matter, terms: Terms) -> Iterator[Line | Table]:
    if matter.is_sample:
        yield Line("mark", "【依据自动生成的示例报告，仅供试用，不得发出】")
    if terms.number:
        yield Line("number", plain(terms.number))
    yield Line("title", f"{matter.year}年政府信息公开工作年度报告")
    yield Line("title", "整改通知书")
    yield Line("addressee", f"{addressee(matter)}：")
    yield Line("paragraph", _opening(matter))
    parts = [("存在的问题", list(_problems(matter, matter.errors)))]
    if matter.warnings:
        parts.append(("提示核对的事项", list(_reminders(matter))))
    if matter.suggestions:
        parts.append(("更正参考", list(_hints(matter))))
    parts.append(("整改要求", list(_demands(terms))))
    for numeral, (heading, lines) in zip(_NUMERALS, parts, strict=False):
        yield Line("heading", f"{numeral}、{heading}")
        yield from lines
    yield Line("closing", "特此通知。")
    yield Line("closing", f"附件：{_ATTACHMENT}")
    yield Line("office", plain(terms.office))
    yield Line("date", chinese_date(terms.dated))
    yield Line("attachment", "附件")
    yield Line("attachment_title", _ATTACHMENT)
    yield Line("note", f"核对所用文件：{_source(matter, terms)}。")
    yield Line("note", "如核对所用文件与你单位公布的文本不一致，请在反馈时一并说明。")
    rows = tuple(_attached(matter))
    if rows:
        yield Table(("对应问题", "栏　　目", "报告印为"), rows, (3, 10, 4))


def _opening(matter: Matter) -> str:
    form = f"、{matter.form_notice}所附年度报告格式" if matter.form_notice else ""
    published = f"{chinese_date(matter.published_on)}公布的" if matter.published_on else ""
    return (
        f"根据《中华人民共和国政府信息公开条例》第四十七条、第五十条{form}，我单位对你单位{published}{_name(matter)}"
        f"（以下简称《报告》）进行了核对，发现{len(matter.errors)}处不符合要求，需予更正。现将有关事项通知如下。"
    )


def _name(matter: Matter) -> str:
    title = plain(matter.title or "").strip("《》")
    return f"《{title or f'{matter.year}年政府信息公开工作年度报告'}》"


def _by_rule(broken: Sequence[Broken]) -> Iterator[tuple[str, list[Broken]]]:
    """(number of the rule in the notice, where it is broken), the rules in their order."""
    for number, (_, group) in enumerate(groupby(broken, attrgetter("rule_id")), start=1):
        yield _numeral(number), list(group)


def _numeral(number: int) -> str:
    """（一） to （九十九）."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return f"（{head}{_NUMERALS[ones - 1] if ones else ''}）"


def _problems(matter: Matter, broken: Sequence[Broken]) -> Iterator[Line]:
    for numeral, places in _by_rule(broken):
        rule = places[0]
        yield Line("subheading", f"{numeral}{rule.title}（规则{rule.rule_id}）")
        # The form is named at the beginning of the notice; what rests on anything else says so here.
        basis = "" if rule.basis.startswith(RULE_OF_FORM) else f"依据：{_sentence(rule.basis)}"
        yield Line("paragraph", f"要求：{_sentence(rule.formula)}{basis}")
        for number, one in enumerate(places, start=1):
            lead = f"{number}．" if len(places) > 1 else ""
            yield Line("paragraph", f"{lead}{_finding(matter, one)}")


def _reminders(matter: Matter) -> Iterator[Line]:
    yield Line("paragraph", "下列事项不作为必须更正的问题，请一并核对，确有错漏的予以更正。")
    yield from _problems(matter, matter.warnings)


def _finding(matter: Matter, one: Broken) -> str:
    said = [f"{_place(matter, one.place)}：{_sides(matter, one)}"]
    if one.other:
        organ, year = one.other
        said.append(f"对照的是{plain(organ)}{year}年的年度报告。")
    if one.detail:
        said.append(_sentence(plain(one.detail)))
    return "".join(said)


def _sides(matter: Matter, one: Broken) -> str:
    cell = matter.cells.get(one.place)
    if cell and one.right_value is None:
        return f"报告印为{_printed(cell)}。"
    is_figure = one.place.startswith(("application", "dispute", "disclosure", "claim"))
    if one.left_value is None or (one.detail and not is_figure):  # years and days are told in words
        return "" if one.detail else "与上述要求不符。"
    left = figure(one.left_value)
    if one.right_value is None:
        return f"数值为{left}。"
    gap = one.left_value - one.right_value
    words = f"左边比右边{'多' if gap > 0 else '少'}{figure(abs(gap))}" if gap else "两边应当不同"
    return f"左边为{left}，右边为{figure(one.right_value)}，{words}。"


def _place(matter: Matter, place: str) -> str:
    """What a place of a rule is called on the form; a place that the form does not know keeps its name."""
    if place in matter.cells:
        cell = matter.cells[place]
        return f"“{cell.table_zh}”表{_cell(cell)}"
    if place.startswith("section."):
        code = place.removeprefix("section.")
        return f"“{plain(matter.headings.get(code, code))}”部分"
    if place in matter.tables:
        return f"“{matter.tables[place]}”表"
    table, _, part = place.partition(".")
    for cell in matter.cells.values():
        if cell.table_code != table:
            continue
        if part == cell.row_code:
            return f"“{cell.table_zh}”表{_row(cell)}行"
        if part == cell.column_code:
            return f"“{cell.table_zh}”表“{cell.column_zh}”列"
    return _WHOLE_PLACES.get(place, plain(place))


def _row(cell: PrintedCell) -> str:
    return f"“{cell.group_zh}”项下“{cell.row_zh}”" if cell.group_zh else f"“{cell.row_zh}”"


def _cell(cell: PrintedCell) -> str:
    return f"{_row(cell)}行“{cell.column_zh}”栏"


def _printed(cell: PrintedCell) -> str:
    """What the document prints in the cell, in its own words."""
    if cell.state == "absent":
        return "（无此栏）"
    if cell.state == "blank" or not (cell.raw or "").strip():
        return "（空白）" if cell.value is None else figure(cell.value)
    return plain(cell.raw or "", 40)


def _hints(matter: Matter) -> Iterator[Line]:
    yield Line(
        "paragraph",
        "以下由程序按勾稽关系推算，仅供参考，请以原始台账为准；《报告》所印数字未作任何改动。",
    )
    groups = [list(group) for _, group in groupby(matter.suggestions, attrgetter("table_code"))]
    for number, own in enumerate(groups, start=1):
        lead = f"{number}．" if len(groups) > 1 else ""
        table = matter.tables[own[0].table_code]
        rules = "、".join(own[0].rules)
        if own[0].count == 1:
            words = f"只需{_change(matter, own[0])}，即可同时满足规则{rules}。{_sentence(own[0].reason)}"
        else:
            choices = "；".join(f"（{no}）{_change(matter, one)}" for no, one in enumerate(own, start=1))
            listed = f"仅列{len(own)}种，" if own[0].count > len(own) else ""
            words = f"有{own[0].count}种同样小的改动，任取其一均可满足规则{rules}，{listed}据此不能判断哪一格有误：{choices}。"
        yield Line("paragraph", f"{lead}“{table}”表：{words}")


def _change(matter: Matter, one: Suggestion) -> str:
    cell = _cell(matter.cells[one.cell])
    if one.other_cell:
        other = _cell(matter.cells[one.other_cell])
        return f"将{cell}（{figure(one.printed_value)}）与{other}（{figure(one.suggested_value)}）互换"
    return f"将{cell}由{figure(one.printed_value)}改为{figure(one.suggested_value)}"


def _demands(terms: Terms) -> Iterator[Line]:
    by = f"于{chinese_date(terms.deadline)}前" if terms.deadline else f"自收到本通知之日起{WORKING_DAYS}个工作日内"
    yield Line(
        "paragraph",
        f"（一）请对照政府信息公开申请登记台账等原始记录逐项核实，{by}更正《报告》，在原公布渠道重新公布，并注明更正日期。",
    )
    yield Line(
        "paragraph", "（二）请在上述期限内将整改情况书面反馈我单位；核实后认为原数字无误的，请说明理由并附有关材料。"
    )


def _source(matter: Matter, terms: Terms) -> str:
    said = [plain(matter.source), f"SHA-256 校验值 {matter.sha256}"]
    if matter.url and _WEB_ADDRESS.fullmatch(matter.url):
        said.append(f"公布网址 {plain(matter.url)}")
    if terms.site:
        said.append(f"核对页面 {terms.site.rstrip('/')}/report/{matter.report_key}")
    return "；".join(said)


def _attached(matter: Matter) -> Iterator[tuple[str, str, str]]:
    """A row for each cell of an error that prints anything but 0; the zeros of a place in one row."""
    for numeral, places in _by_rule(matter.errors):
        for number, one in enumerate(places, start=1):
            item = f"{numeral}{number}" if len(places) > 1 else numeral
            cells = [cell for name, cell in matter.cells.items() if name in one.cells]
            telling = [cell for cell in cells if cell.value != 0]
            yield from (
                (
                    item,
                    f"{f'{cell.group_zh}：' if cell.group_zh else ''}{cell.row_zh} × {cell.column_zh}",
                    _printed(cell),
                )
                for cell in telling
            )
            if noughts := len(cells) - len(telling):
                yield item, f"{'其余' if telling else '以上规则所列'}{noughts}格", "均为0" if noughts > 1 else "0"


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
