"""The six sections of a report: where each heading stands, and the prose under it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from .document import Document
from .form import SECTIONS
from .model import Section

_HEADINGS = re.compile(
    r"[一二三四五六七八][、.,](?:"
    r"(?P<overview>总体情况|概述)|"
    r"(?P<disclosure>(?:行政机关)?主动公开政府信息)|"
    r"(?P<application>(?:行政机关)?收到和处理政府信息公开申请)|"
    r"(?P<dispute>(?:因?政府信息公开(?:工作)?(?:被)?(?:申请)?)?行政复议)|"
    r"(?P<problems>(?:政府信息公开工作)?存在的?(?:主要)?问题)|"
    r"(?P<other>其他(?:需要)?报告的?事项)"
    r").{0,20}"
)


def read_sections(document: Document, table_lines: Collection[int]) -> tuple[Section, ...]:
    """The sections found, in printed order, each with its prose; lines of the statutory tables are left out.

    A heading printed twice in a row (a mirror's navigation, then the report) counts once, at its last place.
    """
    headings: list[tuple[int, str, str]] = []
    lines = document.lines
    for number, text in enumerate(document.squeezed, start=1):
        if len(text) <= 40 and (match := _HEADINGS.fullmatch(text)) and match.lastgroup:
            if headings and headings[-1][1] == match.lastgroup:
                headings.pop()
            headings.append((number, match.lastgroup, lines[number - 1].strip()))
    starts = [number for number, _, _ in headings] + [len(lines) + 1]
    return tuple(
        Section(
            code,
            heading,
            "\n".join(
                line.strip()
                for number, line in enumerate(lines[start : end - 1], start=start + 1)
                if line.strip() and number not in table_lines
            ),
            start,
        )
        for (start, code, heading), end in zip(headings, starts[1:], strict=True)
    )


def missing_sections(sections: Sequence[Section]) -> list[str]:
    """Headings of the statutory sections that the report lacks."""
    found = {section.code for section in sections}
    return [heading for code, heading in SECTIONS if code not in found]
