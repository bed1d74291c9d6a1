"""The automatic numbers of Word paragraphs (一、 （二） 3.): they are printed, but stand nowhere in the text.

What does not belong here: bullets, and numbers in scripts that the form's headings and labels do not use; they print as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .signature import DOCX
from .xml import local_attribute, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile("%([1-9])")
_DIGITS = "零一二三四五六七八九"
_MAX_BASES = 20
"""Styles that rest on one another further than this are taken to rest in a circle."""


def _chinese(number: int) -> str:
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": str,
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str


class Numbering:
    """The lists of a document. It counts as it is asked, so it must be asked for every paragraph once, in order."""

    def __init__(self, numbering: bytes, styles: bytes) -> None:
        """From the parts numbering.xml and styles.xml, b"" where there is none.

        Raises:
            Unreadable: with code `broken_file`.
        """
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str | None, _Element | None]] = {}
        """Style to the style that it rests on and its own numbering."""
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[str] = set()
        if numbering:
            self._read_lists(parse_xml(numbering, DOCX))
        if numbering and styles:
            self._read_styles(parse_xml(styles, DOCX))

    def label(self, paragraph: _Element) -> str:
        """The number printed before `paragraph`, with its brackets or points; "" where there is none."""
        if not self._levels:
            return ""
        found = self._place(paragraph)
        if found is None or (list_id := self._abstract_of.get(found[0])) is None:
            return ""
        number_id, depth = found
        level = self._levels.get((list_id, depth))
        if level is None:
            return ""
        self._restart(number_id, list_id)
        self._counts[list_id, depth] = self._counts.get((list_id, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((list_id, deeper), None)
        if level.number_format not in _FORMATS:
            return ""
        return _PLACE.sub(lambda place: self._printed(list_id, int(place[1]) - 1), level.text)

    def _printed(self, list_id: str, depth: int) -> str:
        level = self._levels.get((list_id, depth))
        if level is None or level.number_format not in _FORMATS:
            return ""
        return _FORMATS[level.number_format](self._counts.get((list_id, depth), level.start))

    def _restart(self, number_id: str, list_id: str) -> None:
        """A list that restarts another does so when its first paragraph comes."""
        if number_id in self._begun:
            return
        self._begun.add(number_id)
        for depth in range(9):
            if (number_id, depth) in self._restarts:
                self._counts[list_id, depth] = self._restarts[number_id, depth] - 1

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """The list and depth of a paragraph: its own, or those of its style."""
        properties = _child(paragraph, "pPr")
        if properties is None:
            return None
        own = _child(properties, "numPr")
        style = _value(properties, "pStyle")
        depth = _value(own, "ilvl")
        for _ in range(_MAX_BASES):
            if (number_id := _value(own, "numId")) is not None:
                depth = depth or _value(own, "ilvl") or "0"
                return (number_id, int(depth)) if depth in "012345678" else None
            if style is None or style not in self._styles:
                return None
            style, own = self._styles[style]
        return None

    def _read_lists(self, root: _Element) -> None:
        for element in root:
            name = local_name(element)
            if name == "abstractNum":
                list_id = local_attribute(element, "abstractNumId") or ""
                for level in element:
                    depth = local_attribute(level, "ilvl") if local_name(level) == "lvl" else None
                    if depth is not None and depth.isdigit():
                        self._levels[list_id, int(depth)] = _Level(
                            _whole(_value(level, "start"), 1),
                            _value(level, "numFmt") or "decimal",
                            _value(level, "lvlText") or "",
                        )
            elif name == "num":
                number_id = local_attribute(element, "numId") or ""
                self._abstract_of[number_id] = _value(element, "abstractNumId") or ""
                for override in element:
                    start = _value(override, "startOverride")
                    depth = local_attribute(override, "ilvl") or "0"
                    if start is not None and depth.isdigit():
                        self._restarts[number_id, int(depth)] = _whole(start, 1)

    def _read_styles(self, root: _Element) -> None:
        for style in root:
            if local_name(style) == "style" and (style_id := local_attribute(style, "styleId")):
                properties = _child(style, "pPr")
                own = None if properties is None else _child(properties, "numPr")
                self._styles[style_id] = (_value(style, "basedOn"), own)


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _value(element: _Element | None, name: str) -> str | None:
    """The attribute `val` of the child of this name."""
    child = None if element is None else _child(element, name)
    return None if child is None else local_attribute(child, "val")


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else default
