"""Habits of writing the form's labels: as the notice prints them, with half-width brackets, or in known variants."""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBER = re.compile(r"(?<!\d)(\d)\.(?=[^\d\s])")
_GROUP = re.compile(r"(?<!第)(\([一二三四五六七]\))")


def _as_printed(line: str) -> str:
    return line


def _half_width(line: str) -> str:
    return _NUMBER.sub(r"\1. ", _GROUP.sub(r"\1 ", line.replace("（", "(").replace("）", ")")))


def _variant(line: str) -> str:
    return line.replace("其他法律行政法规禁止公开", "其他法律法规禁止公开").replace("现行有效件数", "现行有效件")


LABEL_HABITS: tuple[Callable[[str], str], ...] = (_as_printed, _as_printed, _half_width, _variant)
"""Each rewrites the labels of one line of a table and leaves its values alone."""
