"""What dbt's tests say, in words: Dagster shows each of them as a check of its model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_REFERENCE = re.compile(r"ref\('(\w+)'\)")
_SENTENCES = {
    "not_null": "{column} 不为空。{column} is not null.",
    "unique": "{column} 不重复。{column} is unique.",
    "accepted_values": "{column} 取值为 {values} 之一。{column} is one of {values}.",
    "relationships": "{column} 见于 {to}.{field}。{column} is in {to}.{field}.",
    "unique_combination": "{columns} 合起来不重复。{columns} together are unique.",
    "combination_exists": "{columns} 合起来见于 {to}。{columns} together are in {to}.",
}


def describe(test: Mapping[str, Any]) -> str:
    """What a test of dbt's manifest expects: a sentence for its kind, or the comment that its SQL begins with."""
    kind = test.get("test_metadata")
    if not kind:
        return str(test["raw_code"]).partition("\n")[0].removeprefix("--").strip()
    given = {
        name: ", ".join(map(str, each)) if isinstance(each, list) else each for name, each in kind["kwargs"].items()
    }
    to = _REFERENCE.search(str(given.get("to", "")))
    return _SENTENCES[kind["name"]].format_map(
        {**given, "column": given.get("column_name", ""), "to": to[1] if to else given.get("to", "")}
    )
