"""Breaking Chinese text into lines as print does (GB/T 15834, 行首行尾禁则), for a page that has no typesetter of its own.

A line begins with no closing mark and ends with no opening one, and words and numbers stay whole. reportlab's own CJK lines break numbers
from their brackets and leave the right edge ragged.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECE = re.compile(r"[!-~]+|[ \u3000]|.", re.DOTALL)
"""A run of Latin letters, digits and their marks, or one character."""
_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…%％,.;:!?)]}")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{")


def break_lines(text: str, width_of: Callable[[str], float], first_width: float, width: float) -> list[str]:
    """`text` as lines no wider than `width`, the first no wider than `first_width`; nothing is lost but spaces between lines."""
    lines: list[str] = []
    line: list[str] = []
    room = first_width
    for piece in _pieces(text, width_of, min(first_width, width)):
        if line and width_of("".join(line)) + width_of(piece) > room + 0.01:
            carried = _carried(line, piece)
            lines.append("".join(line[: len(line) - len(carried)]).rstrip())
            line, room = carried, width
        if line or piece != " ":
            line.append(piece)
    return [*lines, "".join(line)]


def _pieces(text: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """What is never parted, unless it is wider than a line."""
    return [
        part
        for piece in _PIECE.findall(text)
        for part in (piece if len(piece) > 1 and width_of(piece) > width / 2 else [piece])
    ]


def _carried(line: list[str], following: str) -> list[str]:
    """The end of `line` that must go over to the next, which `following` goes on with. Of a line some piece always stays."""
    start = len(line)
    while start > 1 and ([*line, following][start][0] in _NOT_FIRST or line[start - 1][-1] in _NOT_LAST):
        start -= 1
    return line[start:]
