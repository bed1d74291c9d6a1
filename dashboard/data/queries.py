"""All questions by name: what `/export/<name>` and `/made/<name>` may be asked for."""

from __future__ import annotations

from collections.abc import Mapping

from . import applications, compare, disclosure, disputes, filing, notable, organ, overview, places, quality
from .query import Query

_MODULES = (overview, places, notable, applications, disclosure, disputes, filing, quality, organ, compare)
QUERIES: Mapping[str, Query] = {query.name: query for module in _MODULES for query in module.QUERIES}
