"""The address of a page is its whole state: path, region, year, search text, SQL and language.

`/?province=62&city=6210&year=2022&lang=en`. What an address does not say has a default, and a default is not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from .i18n import Language

_LEVELS = (("province", 2), ("city", 4), ("county", 6))
_YEAR = re.compile(r"[0-9]{4}")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Address:
    """`region` is the code of the lowest place chosen. `year` None is the latest year with reports."""

    path: str = "/"
    region: str | None = None
    year: int | Literal["all"] | None = None
    text: str = ""
    sql: str = ""
    language: Language = "zh"

    @classmethod
    def parse(cls, path: str | None, search: str | None) -> Address:
        """Reads what it understands and ignores the rest: an address is typed and mistyped by people."""
        query = {name: values[-1].strip() for name, values in parse_qs((search or "").removeprefix("?")).items()}
        region = None
        for name, length in _LEVELS:
            code = query.get(name, "")
            if len(code) == length and _DIGITS.fullmatch(code) and code.startswith(region or ""):
                region = code
        year = query.get("year", "")
        return cls(
            path=(path or "/").rstrip("/") or "/",
            region=region,
            year="all" if year == "all" else int(year) if _YEAR.fullmatch(year) else None,
            text=query.get("q", ""),
            sql=query.get("sql", ""),
            language="en" if query.get("lang") == "en" else "zh",
        )

    @property
    def search(self) -> str:
        """The part from the question mark on, empty when everything is default."""
        query: dict[str, str] = {}
        for name, length in _LEVELS:
            if self.region and len(self.region) >= length:
                query[name] = self.region[:length]
        if self.year is not None:
            query["year"] = str(self.year)
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

    def to(self, **changes: Any) -> Address:
        return replace(self, **changes)
