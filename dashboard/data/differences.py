"""What one text has that another has not: sentence by sentence, and word by word within a sentence that was reworded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "gone", "new"]

_SENTENCE = re.compile(r"[^。！？；;\n]*(?:[。！？；;\n]+|$)")
# A number is one word, whatever its separators; so is a run of Latin letters. A Chinese character stands alone.
_WORD = re.compile(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_WRAP = re.compile(r"(?<=[^\n]{23}[^\n。！？；;：:])\n(?=[^\n\s（(])")
"""The end of a long line within a sentence: the edge of a page, which says nothing and differs from year to year."""
_ALIKE = 0.4
"""Sentences less alike than this share nothing that is worth showing."""
_MEANT = 3
"""Words in common that are more than chance."""
_LONGEST = 2_000
"""Words of a reworded passage; beyond, comparing word by word takes too long, and nobody would read it."""


@dataclass(frozen=True)
class Passage:
    """A stretch of text that both have, or the older one only (`gone`), or the newer one only (`new`)."""

    kind: Kind
    text: str


def difference(older: str, newer: str) -> tuple[Passage, ...]:
    """Passages in reading order: without the new ones they are the older text, without the gone ones the newer, both without the line
    breaks that only the width of a page made."""
    before, after = _sentences(older), _sentences(newer)
    found: list[Passage] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Passage("same", "".join(before[a:b])))
        else:
            found += _reworded("".join(before[a:b]), "".join(after[c:d]))
    return _joined(found)


def shared(passages: Sequence[Passage]) -> float:
    """The share of the newer text that stands in the older one as well, by characters. The newer text must not be empty."""
    same, new = (sum(len(each.text) for each in passages if each.kind == kind) for kind in ("same", "new"))
    return same / (same + new)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(_WRAP.sub("", text)) if sentence]


def _reworded(older: str, newer: str) -> list[Passage]:
    before, after = _WORD.findall(older), _WORD.findall(newer)
    if max(len(before), len(after)) > _LONGEST:
        return [Passage("gone", older), Passage("new", newer)]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [Passage("gone", older), Passage("new", newer)]
    found, gone, new = [], "", ""
    for kind, a, b, c, d in matcher.get_opcodes():
        # A word or two in common between two changes is chance: the change is read as one.
        if kind == "equal" and (b - a >= _MEANT or b == len(before) or a == 0):
            found += [Passage("gone", gone), Passage("new", new), Passage("same", "".join(before[a:b]))]
            gone, new = "", ""
        else:
            gone, new = gone + "".join(before[a:b]), new + "".join(after[c:d])
    return [*found, Passage("gone", gone), Passage("new", new)]


def _joined(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Without empty ones, and neighbours of a kind made one."""
    told = groupby((each for each in passages if each.text), key=lambda each: each.kind)
    return tuple(Passage(kind, "".join(each.text for each in group)) for kind, group in told)
