"""Labels of the form and of rules where there is little room."""

from __future__ import annotations

import re
import textwrap

_NUMBERED = re.compile(r"^(（.）|[0-9]+\.)")
_LINE = {"zh": 12, "en": 26}
"""Letters of a line that leaves a phone room for the figure."""


def short(label: str, language: str) -> str:
    """Without its number and what stands in brackets behind it, in two lines at most; pointing at the row tells it whole."""
    words = _NUMBERED.sub("", label).partition("（")[0]
    line = _LINE[language]
    if language == "en":
        return "<br>".join(textwrap.wrap(words, line, max_lines=2, placeholder=" …"))
    if len(words) <= line:
        return words
    # Chinese may be broken anywhere, but a line of one character looks lost.
    half = min(line, (len(words) + 1) // 2)
    rest = words[half:]
    return f"{words[:half]}<br>{rest if len(rest) <= line else rest[: line - 1] + '…'}"
