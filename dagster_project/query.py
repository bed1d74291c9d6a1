"""SQL at the terminal: through the same fence as strangers' SQL, with wider limits, and the answer printed or written."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import BinaryIO, Literal, get_args

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.data.sandbox import Answer, Limits

Format = Literal["table", "csv", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
AT_THE_TERMINAL = Limits(seconds=3600, rows=sys.maxsize, memory="4GB")
"""The limits of someone who can stop the query with Ctrl-C, and whose machine it is."""

_TABLE_ROWS = 200
_NARROWEST_COLUMN = 7
"""Characters that a column needs at least to be read; where there are fewer, rows are printed as records."""


def write_answer(answer: Answer, form: Format, output: BinaryIO) -> None:
    """Write `answer` to `output`: csv and parquet as Arrow does, json as an array; whole numbers are
    numbers there, other decimals exact text (as in `gongkai parse`)."""
    if form == "csv":
        # Arrow writes no lists to CSV: they go as JSON text.
        pyarrow.csv.write_csv(_as_text(answer.table, _is_no_csv), output)
    elif form == "parquet":
        pyarrow.parquet.write_table(_as_text(answer.table, _is_no_parquet), output)
    elif form == "json":
        rows = answer.table.to_pylist()
        output.write(json.dumps(rows, ensure_ascii=False, default=_plain, indent=2).encode() + b"\n")
    else:
        output.flush()
        _print(answer, output)


def _is_no_csv(kind: pa.DataType) -> bool:
    return pa.types.is_nested(kind) or pa.types.is_interval(kind)


def _is_no_parquet(kind: pa.DataType) -> bool:
    return pa.types.is_union(kind) or pa.types.is_interval(kind)


def _as_text(table: pa.Table, is_unknown: Callable[[pa.DataType], bool]) -> pa.Table:
    """The table with columns of types that a format does not know as JSON text."""
    for index, field in enumerate(table.schema):
        if is_unknown(field.type):
            texts = [
                None if value is None else json.dumps(value, ensure_ascii=False, default=_plain)
                for value in table.column(index).to_pylist()
            ]
            table = table.set_column(index, field.name, pa.array(texts, pa.string()))
    return table


def _plain(value: object) -> int | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _without_padding(value)
    return str(value)


def _without_padding(value: Decimal) -> str:
    """A decimal without the zeros that only its column's scale puts behind the figure."""
    return f"{value.normalize():f}"


def _print(answer: Answer, output: BinaryIO) -> None:
    text = io.TextIOWrapper(output, encoding="utf-8", write_through=True)
    console = Console(file=text)
    rows = answer.table.slice(0, _TABLE_ROWS).to_pylist()
    if answer.table.num_columns * (_NARROWEST_COLUMN + 2) > console.width:
        _print_records(rows, console)
    else:
        _print_table(answer.table.schema, rows, console)
    more = f"（只显示前 {len(rows):,} 行；全部请用 csv、json 或 parquet）" if len(rows) < answer.table.num_rows else ""
    console.print(Text(f"{answer.table.num_rows:,} 行 rows · {answer.seconds:.2f} 秒 s{more}", style="dim"))
    text.detach()


def _print_table(schema: pa.Schema, rows: list[dict[str, object]], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for field in schema:
        is_number = (
            pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
        )
        table.add_column(Text(field.name), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row.values()))
    console.print(table)


def _print_records(rows: list[dict[str, object]], console: Console) -> None:
    """Each row as a block of lines, a column a line: for tables that are too wide."""
    for number, row in enumerate(rows, start=1):
        table = Table(box=None, show_header=False, title=f"— {number} —", title_justify="left", padding=(0, 2, 0, 0))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in row.items():
            table.add_row(Text(name), _cell(value))
        console.print(table)


def _cell(value: object) -> Text:
    match value:
        case None:
            return Text("")
        case bool():
            return Text(str(value).lower())
        case Decimal():
            return Text(_without_padding(value))
    return Text(str(value))
