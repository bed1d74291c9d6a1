"""The two languages. Names of regions, organs and rules' formulas stay as they are in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .catalogue import MESSAGES

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Translator:
    """Words in one language. An unknown key is a KeyError: a page must not show a key instead of a word."""

    language: Language

    def __call__(self, key: str, /, **names: object) -> str:
        return MESSAGES[key][LANGUAGES.index(self.language)].format(**names)

    def both(self, key: str) -> tuple[str, str]:
        """The words in Chinese and in English, for whoever labels in the reader's language itself."""
        return MESSAGES[key]

    def label(self, labelled: object, prefix: str) -> str:
        """The release's own label: the attribute `<prefix>_zh` or `<prefix>_en` of a record."""
        return str(getattr(labelled, f"{prefix}_{self.language}"))
