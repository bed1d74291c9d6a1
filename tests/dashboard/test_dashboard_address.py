"""The address holds the state of a page."""

from __future__ import annotations

import pytest

from dashboard.address import Address
from dashboard.components.filters import region_from


def test_an_address_reads_back_what_it_wrote() -> None:
    address = Address("/", region="640181", year=2022, text="灵武 2021", language="en")
    assert address.search.startswith("?province=64&city=6401&county=640181&year=2022&q=")
    assert Address.parse("/", address.search) == address


def test_defaults_are_not_written() -> None:
    assert Address().href == "/"
    assert Address.parse(None, None) == Address()


@pytest.mark.parametrize(
    ("search", "region"),
    [
        ("?province=62", "62"),
        ("?county=640181", "640181"),
        ("?province=62&city=6401", "62"),
        ("?province=6x", None),
        ("?province=62'%20or%201=1", None),
        ("?province=6２", None),
    ],
)
def test_a_mistyped_region_is_left_out(search: str, region: str | None) -> None:
    assert Address.parse("/", search).region == region


@pytest.mark.parametrize(("search", "year"), [("?year=2022", 2022), ("?year=all", "all"), ("?year=20x2", None)])
def test_year(search: str, year: object) -> None:
    assert Address.parse("/", search).year == year


def test_changing_a_level_starts_the_levels_below_anew() -> None:
    assert region_from("province", "62", "6401", "640181") == "62"
    assert region_from("province", None, "6401", "640181") is None
    assert region_from("city", "64", None, "640181") == "64"
    assert region_from("county", "64", "6401", None) == "6401"
    assert region_from("county", "11", None, "110101") == "110101"
