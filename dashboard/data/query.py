"""A question that pages ask of a release: a name and SQL with named parameters. Every chart and every export comes of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from .release import Parameter, Release, Row

_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Query:
    """`name` stands in addresses and file names; the catalogue has its title as `query.<name>`. `is_short` promises that no selection has
    more than some hundred rows: they are asked for once, and then counted and shown in parts without the release."""

    name: str
    sql: str
    is_short: bool = False

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that the SQL asks for."""
        return tuple(dict.fromkeys(_PARAMETER.findall(self.sql)))

    def bound(self, given: Mapping[str, Parameter]) -> dict[str, Parameter]:
        """What the SQL asks for of what there is; null where nothing is given."""
        return {name: given.get(name) for name in self.parameters}

    def rows(self, release: Release, given: Mapping[str, Parameter]) -> tuple[Row, ...]:
        """Raises ReleaseUnavailableError when the release cannot answer."""
        return release.rows(self.sql, **self.bound(given))

    def table(self, release: Release, given: Mapping[str, Parameter]) -> pa.Table:
        """The answer as it leaves the house. Raises ReleaseUnavailableError when the release cannot answer."""
        return release.table(self.sql, **self.bound(given))


def counting(query: Query) -> Query:
    """How many rows a query answers with: one row, `found`."""
    return Query(query.name, f"select count(*) as found from ({query.sql})")
