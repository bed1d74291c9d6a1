"""Answering SQL from the published release, read-only, and printing the answer."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from rich import box
from rich.console import Console
from rich.table import Table

Format = Literal["table", "csv", "json", "parquet"]
_TABLE_ROWS = 200


def query(release: Path, sql: str) -> pa.Table:
    """The answer to one statement. The file is opened read-only: nothing can change a release."""
    with duckdb.connect(str(release), read_only=True) as connection:
        answer = connection.sql(sql)
        return answer.to_arrow_table() if answer is not None else pa.table({})


def write_answer(answer: pa.Table, form: Format, output: BinaryIO) -> None:
    """Write `answer` to `output`: csv and parquet as Arrow does, json as an array; whole numbers are
    numbers there, other decimals exact text (as in `gongkai parse`)."""
    if form == "csv":
        # Arrow writes no lists to CSV: they go as JSON text.
        pyarrow.csv.write_csv(_without_lists(answer), output)
    elif form == "parquet":
        pyarrow.parquet.write_table(answer, output)
    elif form == "json":
        output.write(json.dumps(answer.to_pylist(), ensure_ascii=False, default=_plain, indent=2).encode() + b"\n")
    else:
        output.flush()
        _print_table(answer)


def _without_lists(answer: pa.Table) -> pa.Table:
    for index, field in enumerate(answer.schema):
        if pa.types.is_nested(field.type):
            texts = [
                None if value is None else json.dumps(value, ensure_ascii=False, default=_plain)
                for value in answer.column(index).to_pylist()
            ]
            answer = answer.set_column(index, field.name, pa.array(texts, pa.string()))
    return answer


def _plain(value: object) -> int | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _without_padding(value)
    return str(value)


def _without_padding(value: Decimal) -> str:
    """A decimal without the zeros that only its column's scale puts behind the figure."""
    return f"{value.normalize():f}"


def _print_table(answer: pa.Table) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for field in answer.schema:
        is_number = (
            pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
        )
        table.add_column(field.name, justify="right" if is_number else "left", overflow="fold")
    for row in answer.slice(0, _TABLE_ROWS).to_pylist():
        table.add_row(*map(_cell, row.values()))
    console = Console(file=sys.stdout)
    console.print(table)
    shown = min(answer.num_rows, _TABLE_ROWS)
    more = f"（只显示前 {shown:,} 行；全部请用 --format csv）" if shown < answer.num_rows else ""
    console.print(f"{answer.num_rows:,} 行 rows{more}", style="dim")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return _without_padding(value) if isinstance(value, Decimal) else str(value)
