"""The form's labels where there is little room."""

from __future__ import annotations

import re
import textwrap

_NUMBERED = re.compile(r"^(（.）|[0-9]+\.)")
_LINE = {"zh": 11, "en": 22}
_LONGEST = {"zh": 22, "en": 42}
"""Letters of a line, and of the two lines that stand beside a row of a figure."""


def short(label: str, language: str) -> str:
    """Without its number and what stands in brackets behind it, in two lines at most; pointing at the row tells it whole."""
    words = _NUMBERED.sub("", label).partition("（")[0]
    line, longest = _LINE[language], _LONGEST[language]
    if len(words) > longest:
        words = f"{words[: longest - 1].rstrip()}…"
    # Chinese may be broken anywhere, and textwrap would rather leave a line empty.
    lines = textwrap.wrap(words, line) if language == "en" else [words[at : at + line] for at in range(0, len(words), line)]
    return "<br>".join(lines)
