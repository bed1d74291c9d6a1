"""Finding a report by the name of its organ, its place or its year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .overview import places
from .release import Release

# Every word must occur somewhere. `contains` takes the words as they are: % is no wildcard.
_SEARCH = """
with report as (
    select r.report_key, r.year, r.signed_on, o.organ_name, o.region_code,
        o.province_name, o.city_name, o.county_name, o.township_name,
        concat_ws(
            ' ', o.organ_name, o.province_name, o.city_name, o.county_name, o.township_name, r.year::varchar
        ) as haystack
    from dim_report r
    join dim_organ o using (organ_key)
    where r.is_current
)
select *, count(*) over () as found
from report
where not exists (
    select 1 from unnest(string_split($text, ' ')) as words(word) where not contains(report.haystack, words.word)
)
order by year desc, region_code, organ_name
limit $limit
"""


@dataclass(frozen=True)
class Hit:
    report_key: str
    organ_name: str
    places: tuple[str, ...]
    year: int
    signed_on: date | None


@dataclass(frozen=True)
class Hits:
    rows: tuple[Hit, ...]
    found: int


def search(release: Release, text: str, limit: int) -> Hits:
    """Current reports that contain every word of `text`; all of them when it is empty. The latest year comes first."""
    rows = release.rows(_SEARCH, text=" ".join(text.split()), limit=limit)
    hits = tuple(Hit(row["report_key"], row["organ_name"], places(row), row["year"], row["signed_on"]) for row in rows)
    return Hits(hits, rows[0]["found"] if rows else 0)
