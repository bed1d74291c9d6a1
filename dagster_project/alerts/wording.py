"""What a message says, in Chinese and in English: plain text, short enough for its channel.

Names of organs and places, and what a report prints, stay Chinese. Every title begins with 【公开】: group robots that ask for a keyword get
it. A message that is too long names the gravest reports and says how many findings it leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import duckdb

from dashboard.address import Address
from dashboard.components.numbers import written
from dashboard.i18n import LANGUAGES, Language, Translator
from dashboard.i18n.places import place_labels

from .news import Line, News, ReportNews
from .outbox import Message
from .routes import KINDS, Kind, Receiver, Route

_REPORT_PAGE = "/report/"
_LONGEST_DETAIL = 80
"""Characters of a sentence that a finding rests on."""
_LONGEST_SUMMARY = 200
"""Characters of what an operator is told of one trouble."""

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("【公开】{route}：{counts}", "【公开】{route}: {counts}"),
    "title.operations": ("【公开】运行：{counts}", "【公开】Operations: {counts}"),
    "title.test": ("【公开】测试消息：{route}", "【公开】Test message: {route}"),
    "title.and": ("，", ", "),
    "count.new": ("新增 {count} 处", "{count} new"),
    "count.reopened": ("复发 {count} 处", "{count} back"),
    "count.resolved": ("消除 {count} 处", "{count} resolved"),
    "head.new": ("【新增】{count} 处", "NEW: {count}"),
    "head.reopened": ("【复发】{count} 处", "BACK: {count}"),
    "head.resolved": ("【消除】{count} 处", "RESOLVED: {count}"),
    "report": ("■ {organ}　{year} 年度（{place}）", "■ {organ}, {year} ({place})"),
    "report.nowhere": ("■ {organ}　{year} 年度", "■ {organ}, {year}"),
    "organ.unknown": ("（名称不详的机关）", "(an organ without a name)"),
    "severity.error": ("差错", "error"),
    "severity.warning": ("提醒", "warning"),
    "line": ("· {rule} {title}〔{severity}〕{place}", "· {rule} {title} [{severity}] {place}"),
    "line.sides": (
        "：左边 {left}，右边 {right}，相差 {difference}",
        ": left {left}, right {right}, difference {difference}",
    ),
    "line.printed": ("：印为 {left}", ": printed {left}"),
    "line.detail": ("：{detail}", ": {detail}"),
    "cause.report_gone": ("（报告已撤下）", " (the report was withdrawn)"),
    "cause.report_replaced": ("（报告已被新版本代替，新版本无法判断）", " (a newer version leaves it open)"),
    "cause.rule_gone": ("（规则已停用）", " (the rule is no longer asked)"),
    "report.more": ("· 另有 {count} 处", "· and {count} more"),
    "more": ("……另有 {count} 处未列出", "… and {count} more not listed"),
    "all": ("看板：{link}", "Dashboards: {link}"),
    "number": ("消息编号 {number}", "Message {number}"),
    "number.again": (
        "消息编号 {number}（前次发送是否送达不明，可能重复）",
        "Message {number} (an earlier attempt may have reached you: perhaps a repeat)",
    ),
    "count.trouble": ("{count} 项异常", "trouble: {count}"),
    "count.over": ("{count} 项恢复", "over: {count}"),
    "trouble": ("■ 异常：{summary}", "■ Trouble: {summary}"),
    "trouble.over": ("■ 已恢复：{summary}", "■ Over: {summary}"),
    "trouble.served": (
        "正在服务的版本：{release}。详情见 gongkai status。",
        "Still being served: release {release}. See gongkai status.",
    ),
    "trouble.nothing_served": (
        "还没有发布过版本。详情见 gongkai status。",
        "Nothing has been published yet. See gongkai status.",
    ),
    "test": (
        "这是一条测试消息，收到即表示此通道可用。",
        "This is a test message. If you read it, this channel works.",
    ),
}
"""Key → Chinese, English."""


class Words:
    """The templates in one language."""

    def __init__(self, language: Language) -> None:
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, **names: object) -> str:
        return WORDS[key][self._column].format(**names)


@dataclass(frozen=True)
class Names:
    """The release's own words in one language: titles by rule, labels by place."""

    rules: Mapping[str, str]
    places: Mapping[str, str]

    @classmethod
    def read(cls, release: duckdb.DuckDBPyConnection, language: Language) -> Names:
        rules = release.execute(f"select rule_id, title_{language} from dim_rule").fetchall()
        cells = release.execute("select * from dim_form_cell order by form").to_arrow_table().to_pylist()
        labels = place_labels(Translator(language), (SimpleNamespace(**cell) for cell in cells))
        return cls(dict(rules), labels)


def digest(news: News, route: Route, names: Names, number: str, longest: int) -> tuple[str, str]:
    """(title, body) of a route's message. Both together take at most `longest` bytes, unless the counts alone take more."""
    words = Words(route.language)
    counts = [words(f"count.{kind}", count=written(news.counts[kind])) for kind in KINDS if kind in news.counts]
    title = words("title", route=route.name, counts=words("title.and").join(counts))
    room = longest - len(title.encode()) - len("\n")
    chosen: list[ReportNews] = []
    body = _body(words, news, chosen, route, names, number)
    for report in _in_turn(news.reports):
        longer = _body(words, news, [*chosen, report], route, names, number)
        if len(longer.encode()) > room:
            break
        chosen, body = [*chosen, report], longer
    return title, body


def _in_turn(reports: Sequence[ReportNews]) -> list[ReportNews]:
    """A report of each kind in turn, so that a flood of new findings does not hide what was resolved."""
    ranks = {kind: [report for report in reports if report.kind == kind] for kind in KINDS}
    longest = max(map(len, ranks.values()))
    return [ranks[kind][rank] for rank in range(longest) for kind in KINDS if rank < len(ranks[kind])]


def _body(words: Words, news: News, chosen: Sequence[ReportNews], route: Route, names: Names, number: str) -> str:
    blocks = []
    for kind in KINDS:
        if kind in news.counts:
            listed = [report for report in chosen if report.kind == kind]
            lines = [words(f"head.{kind}", count=written(news.counts[kind]))]
            lines += [_report(words, report, route, names) for report in listed]
            left_out = news.counts[kind] - sum(report.findings for report in listed)
            if left_out:
                lines.append(words("more", count=written(left_out)))
            blocks.append("\n".join(lines))
    region = route.where[0] if len(route.where) == 1 else None
    link = route.dashboard + Address(region=region, language=route.language).href
    return "\n\n".join([*blocks, words("all", link=link) + "\n" + words("number", number=number)])


def _report(words: Words, report: ReportNews, route: Route, names: Names) -> str:
    organ = report.organ_name or words("organ.unknown")
    key = "report" if report.organ_place else "report.nowhere"
    lines = [words(key, organ=organ, year=report.year, place=report.organ_place)]
    lines += [_line(words, report.kind, line, names) for line in report.lines]
    if report.findings > len(report.lines):
        lines.append(words("report.more", count=report.findings - len(report.lines)))
    if not any(line.cause == "report_gone" for line in report.lines):
        lines.append(route.dashboard + Address(_REPORT_PAGE + report.report_key, language=route.language).href)
    return "\n".join(lines)


def _line(words: Words, kind: Kind, line: Line, names: Names) -> str:
    head = words(
        "line",
        rule=line.rule_id,
        title=names.rules.get(line.rule_id, ""),
        severity=words(f"severity.{line.severity}"),
        place=names.places.get(line.place, line.place),
    )
    if kind == "resolved":
        cause = f"cause.{line.cause}"
        return head + (words(cause) if cause in WORDS else "")
    if line.detail:
        return head + words("line.detail", detail=_cut(line.detail, _LONGEST_DETAIL))
    if line.left_value is not None and line.right_value is not None:
        return head + words("line.sides", **_sides(line))
    return head + (words("line.printed", left=written(line.left_value)) if line.left_value is not None else "")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "……"


def _sides(line: Line) -> dict[str, Any]:
    return {
        "left": written(line.left_value),
        "right": written(line.right_value),
        "difference": written(line.difference),
    }


def operations(
    receiver: Receiver, came: Sequence[str], over: Sequence[str], release: str | None, number: str, longest: int
) -> tuple[str, str]:
    """(title, body) of a message on the pipeline: summaries of what has gone wrong and of what is over, and the release that is served. As
    many summaries as fit into `longest` bytes; the title counts all of them."""
    words = Words(receiver.language)
    counts = [words(key, count=len(part)) for key, part in (("count.trouble", came), ("count.over", over)) if part]
    lines = [words("trouble", summary=_cut(summary, _LONGEST_SUMMARY)) for summary in came]
    lines += [words("trouble.over", summary=_cut(summary, _LONGEST_SUMMARY)) for summary in over]
    served = words("trouble.served", release=release) if release else words("trouble.nothing_served")
    title = words("title.operations", counts=words("title.and").join(counts))
    while True:
        body = "\n".join([*lines, served, "", words("number", number=number)])
        if not lines or len(f"{title}\n{body}".encode()) <= longest:
            return title, body
        lines.pop()


def trial(receiver: Receiver, number: str) -> tuple[str, str]:
    """(title, body) of what `gongkai alert test` sends."""
    words = Words(receiver.language)
    link = words("all", link=receiver.dashboard + Address(language=receiver.language).href)
    return words("title.test", route=receiver.name), "\n".join([words("test"), link, words("number", number=number)])


def as_sent(message: Message) -> str:
    """The body of a queued message as it goes out now: it says so when an earlier attempt may have arrived."""
    if message.began_at is None:
        return message.body
    words = Words("en" if message.language == "en" else "zh")
    return message.body.replace(words("number", number=message.number), words("number.again", number=message.number))
