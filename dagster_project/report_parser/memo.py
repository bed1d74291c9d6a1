"""Remembering what was said of a text, for the places where every report asks about the same few texts many times.

`functools.lru_cache` keeps its entries in order, which costs more than half of a hit. These forget everything when they are full
instead: what many reports print is soon there again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memo(dict[str, T], Generic[T]):
    """`memo[text]` is `read(text)`, worked out once.

    It holds `most` texts at most; a text with more than `longest` characters is read every time, for it is none that a second
    report prints.
    """

    def __init__(self, read: Callable[[str], T], most: int, longest: int) -> None:
        super().__init__()
        self._read = read
        self._most = most
        self._longest = longest

    def __missing__(self, text: str) -> T:
        value = self._read(text)
        if len(text) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[text] = value
        return value
