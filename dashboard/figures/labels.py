"""The form's labels where there is little room."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"^(（.）|[0-9]+\.)")
_LONGEST = {"zh": 14, "en": 25}


def short(label: str, language: str) -> str:
    """Without its number and what stands in brackets behind it, and not longer than an axis can hold."""
    words = _NUMBERED.sub("", label).partition("（")[0]
    longest = _LONGEST[language]
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
