"""Remembering what was said of a text, for the places where reports ask about the same texts many times.

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


class Repeated(Generic[T]):
    """What was read of texts that came more than once: of all others nothing is kept but a mark.

    It holds `most` texts at most, and eight times as many marks; when one of these is full, it begins anew.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._read: dict[str, T] = {}
        self._marks: set[int] = set()

    def get(self, text: str) -> T | None:
        return self._read.get(text)

    def keep(self, text: str, value: T) -> None:
        """Remember what was read of a text, if it is not the first time."""
        mark = hash(text)
        if mark in self._marks:
            if len(self._read) >= self._most:
                self._read.clear()
            self._read[text] = value
        else:
            if len(self._marks) >= self._most * 8:
                self._marks.clear()
            self._marks.add(mark)
