"""The address of a page is its whole state: path, region, year, filters, a page's own choices, search text, SQL and language.

`/?province=62&city=6210&year=2022&lang=en`. What an address does not say has a default, and a default is not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from .i18n import Language

_LEVELS = (("province", 2), ("city", 4), ("county", 6))
_YEAR = re.compile(r"[0-9]{4}")
_DIGITS = re.compile(r"[0-9]+")
FILTERS: Mapping[str, tuple[str, ...]] = {
    "level": ("province", "city", "county", "township", "street"),
    "type": ("government", "office", "department"),
    "form": ("2021", "2019"),
    "scope": ("own", "consolidated"),
    "consistent": ("yes",),
}
"""Filter of the reports → what it may be. None of them is set unless the address says so."""
_OPTION = re.compile(r"[a-z_]{1,24}")
_LONGEST_OPTION = 200


@dataclass(frozen=True)
class Address:
    """`region` is the code of the lowest place chosen. `year` None is the latest year with reports. `options` are a page's own choices
    (which rule, which organ): whatever it does not know it ignores."""

    path: str = "/"
    region: str | None = None
    year: int | Literal["all"] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    sql: str = ""
    language: Language = "zh"

    @classmethod
    def parse(cls, path: str | None, search: str | None) -> Address:
        """Reads what it understands and ignores the rest: an address is typed and mistyped by people."""
        query = {name: values[-1].strip() for name, values in parse_qs((search or "").removeprefix("?")).items()}
        region = None
        for name, length in _LEVELS:
            code = query.pop(name, "")
            if len(code) == length and _DIGITS.fullmatch(code) and code.startswith(region or ""):
                region = code
        year = query.pop("year", "")
        found = cls(
            path=(path or "/").rstrip("/") or "/",
            region=region,
            year="all" if year == "all" else int(year) if _YEAR.fullmatch(year) else None,
            text=query.pop("q", ""),
            sql=query.pop("sql", ""),
            language="en" if query.pop("lang", "") == "en" else "zh",
        )
        filters = {name: value for name, choices in FILTERS.items() if (value := query.pop(name, "")) in choices}
        options = {
            name: value
            for name, value in query.items()
            if value and _OPTION.fullmatch(name) and len(value) <= _LONGEST_OPTION
        }
        return found.to(filters=filters, options=options)

    @property
    def search(self) -> str:
        """The part from the question mark on, empty when everything is default."""
        query: dict[str, str] = {}
        for name, length in _LEVELS:
            if self.region and len(self.region) >= length:
                query[name] = self.region[:length]
        if self.year is not None:
            query["year"] = str(self.year)
        query |= {name: self.filters[name] for name in FILTERS if name in self.filters}
        query |= dict(sorted(self.options.items()))
        if self.text:
            query["q"] = self.text
        if self.sql:
            query["sql"] = self.sql
        if self.language != "zh":
            query["lang"] = self.language
        return f"?{urlencode(query)}" if query else ""

    @property
    def href(self) -> str:
        return self.path + self.search

    @property
    def named(self) -> Mapping[str, str]:
        """What the path itself says, as a page's own choice: the organ of `/organ/<key>`."""
        page, _, key = self.path.removeprefix("/").partition("/")
        return {page: key} if page == "organ" and key else {}

    def to(self, **changes: Any) -> Address:
        return replace(self, **changes)

    def filtered(self, name: str, value: str | None) -> Address:
        """With a filter set, or without it (None)."""
        return self.to(filters=_with(self.filters, name, value))

    def opting(self, name: str, value: str | None) -> Address:
        """With a page's own choice set, or without it (None)."""
        return self.to(options=_with(self.options, name, value))

    def at(self, path: str) -> Address:
        """Another page on the same selection: region, year, filters and language go along, the page's own choices do not."""
        return self.to(path=path, options={}, text="", sql="")


def _with(values: Mapping[str, str], name: str, value: str | None) -> dict[str, str]:
    others = {key: each for key, each in values.items() if key != name}
    return {**others, name: value} if value else others
