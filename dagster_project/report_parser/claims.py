"""Figures that the prose states.

Read so far: how many items each channel published (通过微信公众号发布信息74条). A clause counts only when it names one channel,
one figure and says that something was published; anything less certain is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .model import Claim, Section

CHANNELS: tuple[tuple[str, str, str], ...] = (
    ("website", "政府网站", r"网站|门户网|政府网"),
    ("wechat", "微信公众号", r"微信|公众号"),
    ("weibo", "微博", r"微博"),
    ("short_video", "短视频", r"抖音|快手|视频号|短视频"),
    ("notice_board", "公告栏", r"公告栏|公开栏|公示栏|宣传栏|显示屏"),
    ("app", "客户端", r"客户端|APP|云上[\u4e00-\u9fff]{2}"),
)
"""(code, label, expression)."""

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_CLAUSE = re.compile(r"(?:[^,;:()，；：（）。]|(?<=\d),(?=\d{3}))+")
_FIGURE = re.compile(r"(?P<about>约|近)?(?P<value>\d[\d,]*)(?P<more>余|多)?(?:条|篇|期|则)")
_PUBLISHED = re.compile(r"公开|发布|公布|推送|更新")
_ENDS_PARAGRAPH = ("。", "：", ":", "；", ";")


def read_claims(sections: Sequence[Section]) -> tuple[Claim, ...]:
    """The channel figures of all sections, in printed order."""
    return tuple(
        claim
        for section in sections
        for sentence in _sentences(section)
        for claim in _channel_claims(sentence, section.line)
    )


def _sentences(section: Section) -> Iterator[str]:
    """The section's sentences; a line broken inside a sentence is joined to the next."""
    text = ""
    for line in section.text.split("\n"):
        text += line if not line.endswith(_ENDS_PARAGRAPH) else line + "\n"
    for paragraph in text.split("\n"):
        yield from _SENTENCE.findall(paragraph)


def _channel_claims(sentence: str, line: int) -> Iterator[Claim]:
    for clause in _CLAUSE.findall(sentence):
        figures = list(_FIGURE.finditer(clause))
        if len(figures) != 1 or not _PUBLISHED.search(clause):
            continue
        channels = [code for code, _, pattern in CHANNELS if re.search(pattern, clause)]
        if len(channels) == 1:
            figure = figures[0]
            value = Decimal(figure["value"].replace(",", ""))
            yield Claim("channel", channels[0], value, bool(figure["about"] or figure["more"]), sentence.strip(), line)
