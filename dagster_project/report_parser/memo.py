"""Remembering what was said of a text, for the places where every report asks about the same few texts many times.

`functools.lru_cache` keeps its entries in order, for which each hit costs a third more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K", bound=str | bytes)
T = TypeVar("T")


class Memo(dict[K, T], Generic[K, T]):
    """`memo[text]` is `read(text)`, worked out once.

    It holds `most` texts at most, and as many that it held before: when it is full it begins anew, and takes over what is asked for
    again. A text with more than `longest` characters is read every time, for it is none that a second report prints.
    """

    def __init__(self, read: Callable[[K], T], most: int, longest: int) -> None:
        super().__init__()
        self._read = read
        self._most = most
        self._longest = longest
        self._before: dict[K, T] = {}

    def __missing__(self, text: K) -> T:
        if len(text) > self._longest:
            return self._read(text)
        before = self._before
        value = before[text] if text in before else self._read(text)
        if len(self) >= self._most:
            self._before = self.copy()
            self.clear()
        self[text] = value
        return value
