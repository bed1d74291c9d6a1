"""Values of an answer as a browser and a file can hold them. None stays None: null is neither zero nor an empty text."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

Cell = str | int | float | None
_EXACT = 2**53
"""Whole numbers beyond this are rounded by JavaScript: they travel as text."""
_CSV_KNOWS = (
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_boolean,
    pa.types.is_string,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_null,
)


def cell(value: object) -> Cell:
    """A number where JavaScript holds it exactly, a text otherwise."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return value if abs(value) <= _EXACT else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return _decimal(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | dict() | tuple():
            return json.dumps(value, ensure_ascii=False, default=cell)
        case _:
            return str(value)


def _decimal(value: Decimal) -> Cell:
    if value == value.to_integral_value():
        return cell(int(value))
    rounded = float(value)
    return rounded if Decimal(repr(rounded)) == value else f"{value.normalize():f}"


def is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def write_csv(table: pa.Table, output: BinaryIO) -> None:
    """With a byte order mark, without which Excel takes Chinese for something else. Null is nothing, an empty text is \"\"."""
    output.write(b"\xef\xbb\xbf")
    pyarrow.csv.write_csv(_as_text(table, lambda kind: not any(knows(kind) for knows in _CSV_KNOWS)), output)


def write_parquet(table: pa.Table, output: BinaryIO) -> None:
    pyarrow.parquet.write_table(
        _as_text(table, lambda kind: pa.types.is_interval(kind) or pa.types.is_union(kind)), output
    )


def _as_text(table: pa.Table, is_unknown: Callable[[pa.DataType], bool]) -> pa.Table:
    """The table with the columns of types that a format does not know as texts."""
    for index, field in enumerate(table.schema):
        if is_unknown(field.type):
            texts = [None if value is None else str(cell(value)) for value in table.column(index).to_pylist()]
            table = table.set_column(index, field.name, pa.array(texts, pa.string()))
    return table
