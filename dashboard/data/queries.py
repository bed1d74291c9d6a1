"""All questions by name: what `/export/<name>` and `/made/<name>` may be asked for."""

from __future__ import annotations

from collections.abc import Mapping

from . import notable, organ, overview, places, quality
from .query import Query

QUERIES: Mapping[str, Query] = {
    query.name: query
    for query in (*overview.QUERIES, *places.QUERIES, *notable.QUERIES, *quality.QUERIES, *organ.QUERIES)
}
