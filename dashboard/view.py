"""What a page is drawn from: the words, the release, the address, and the reports that it selects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dash.development.base_component import Component

from .access import current
from .address import Address
from .data import regions
from .data.form import form_cells
from .data.query import Query, counting
from .data.regions import Region
from .data.release import Parameter, Release, Row
from .data.selection import Selection
from .data.years import years
from .i18n import Translator
from .i18n.places import place_labels


@dataclass(frozen=True)
class View:
    """`region` is None for everywhere, and for a code that the release does not know."""

    t: Translator
    release: Release
    address: Address
    selection: Selection
    region: Region | None

    @classmethod
    def of(cls, release: Release, address: Address) -> View:
        address = address.to(region=current.region_shown(address.region))
        year = None if address.year == "all" else address.year or next(iter(years(release)), None)
        selection = Selection(address.region, year, address.filters, {**address.options, **address.named})
        return cls(Translator(address.language), release, address, selection, regions.region(release, address.region))

    def rows(self, query: Query, **more: Parameter) -> tuple[Row, ...]:
        """The answer to a query on the selection."""
        return query.rows(self.release, {**self.selection.parameters(), **more})

    def count(self, query: Query) -> int:
        """How many rows the answer has."""
        if query.is_short:
            return len(self.rows(query))
        (row,) = self.rows(counting(query))
        return int(row["found"])

    @cached_property
    def places(self) -> Mapping[str, str]:
        """What the places that rules speak of are called."""
        return place_labels(self.t, form_cells(self.release))

    @property
    def year(self) -> int | None:
        """The year shown; None is all years."""
        return self.selection.year

    @property
    def place(self) -> str:
        """The name of the region, from the province down."""
        if self.region:
            return " · ".join([*(part.name for part in self.region.path), *current.town_of_account()])
        return self.address.region or self.t("place.everywhere")

    @property
    def when(self) -> str:
        return self.t("year.of", year=self.year) if self.year else self.t("filter.all_years")


@dataclass(frozen=True)
class Page:
    """A page that stands under the filter bar. `name` is that of its title in the catalogue, `nav.<name>`; `body` draws all below the filters."""

    path: str
    name: str
    body: Callable[[View], list[Component]]
    is_filtered: bool = True
    """Whether the filter bar is there: False for a page that is about one thing."""
