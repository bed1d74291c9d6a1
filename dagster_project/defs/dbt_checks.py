"""What dbt's tests say, in words: Dagster shows each of them as a check of its model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_REFERENCE = re.compile(r"ref\('(\w+)'\)")
_UNIQUE = "{} 合起来不重复。{} together are unique."
_SINGLY_UNIQUE = "{} 不重复。{} is unique."
_NOT_NULL = "{} 不为空。{} is not null."
_ONE_OF = "{} 取值为 {} 之一。{} is one of {}."
_KNOWN = "{} 见于 {}。{} is in {}."


def describe(test: Mapping[str, Any]) -> str:
    """What a test of dbt's manifest expects: a sentence for each part of the test `sound`, or the comment that its SQL begins with."""
    if not test.get("test_metadata"):
        return str(test["raw_code"]).partition("\n")[0].removeprefix("--").strip()
    given = test["test_metadata"]["kwargs"]
    return " ".join(
        (
            *(
                (_SINGLY_UNIQUE if len(columns) == 1 else _UNIQUE).format(*[", ".join(columns)] * 2)
                for columns in given.get("unique", [])
            ),
            *(_NOT_NULL.format(column, column) for column in given.get("not_null", [])),
            *(
                _ONE_OF.format(*[column, ", ".join(map(str, values))] * 2)
                for column, values in given.get("one_of", {}).items()
            ),
            *(_KNOWN.format(*[", ".join(each["columns"]), _table(each["to"])] * 2) for each in given.get("known", [])),
        )
    )


def _table(reference: str) -> str:
    named = _REFERENCE.search(reference)
    return named[1] if named else reference
