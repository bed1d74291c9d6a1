"""A decoded document as lines, in the three readings that the readers share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


@dataclass(frozen=True)
class Document:
    """`lines[i]` is line i + 1 of the document; `folded` and `squeezed` have the same line numbers."""

    text: str

    @cached_property
    def lines(self) -> list[str]:
        """As printed."""
        return self.text.split("\n")

    @cached_property
    def folded(self) -> list[str]:
        """Full-width digits, letters, brackets and spaces made half-width, character by character: places stay the same."""
        return self.text.translate(_FOLD).split("\n")

    @cached_property
    def squeezed(self) -> list[str]:
        """Folded, and without white space."""
        return ["".join(line.split()) for line in self.folded]
