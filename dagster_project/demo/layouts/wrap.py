"""Breaking text into lines of a page's width."""

from __future__ import annotations

_NEVER_FIRST = frozenset("，。、；：！？）》”％%")


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of about `width` characters. No line begins with a closing mark or inside a number."""
    lines = []
    start = 0
    while len(text) - start > width:
        end = start + width
        while end < len(text) and (text[end] in _NEVER_FIRST or (_in_number(text[end - 1]) and _in_number(text[end]))):
            end += 1
        lines.append(text[start:end])
        start = end
    if start < len(text):
        lines.append(text[start:])
    return lines


def _in_number(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".,-/")
