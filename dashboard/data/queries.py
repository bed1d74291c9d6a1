"""All questions by name: what `/export/<name>` and `/made/<name>` may be asked for."""

from __future__ import annotations

from collections.abc import Mapping

from . import applications, disclosure, notable, overview, places
from .query import Query

_MODULES = (overview, places, notable, applications, disclosure)

QUERIES: Mapping[str, Query] = {query.name: query for module in _MODULES for query in module.QUERIES}
