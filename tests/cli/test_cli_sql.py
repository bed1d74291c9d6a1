"""`gongkai sql` with a statement: formats, files, standard input, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest

Gongkai = Callable[..., subprocess.CompletedProcess[str]]
_VALUES = """
    select 1 as n, 1.50::decimal(18, 6) as d, null as unknown, '[red]a,"b"' as t, ['a', 'b'] as l, {'x': 2} as s,
    interval 1 day as i, true as b
"""


def test_table(gongkai: Gongkai, warehouse: Path) -> None:
    lines = gongkai(
        "sql", "select year, form from dim_year order by year", "--warehouse", warehouse
    ).stdout.splitlines()
    assert next(line.split() for line in lines if line.split()) == ["year", "form"]
    assert ["2019", "2019"] in [line.split() for line in lines]
    assert lines[-1].startswith("7 行 rows · ")


def test_a_wide_table_is_printed_as_records(gongkai: Gongkai, warehouse: Path) -> None:
    lines = gongkai("sql", "from dim_report limit 2", "--warehouse", warehouse).stdout.splitlines()
    assert [line.strip() for line in lines if line.startswith("—")] == ["— 1 —", "— 2 —"]
    assert sum(line.startswith("report_key ") for line in lines) == 2


def test_what_looks_like_markup_is_printed_as_it_is(gongkai: Gongkai, warehouse: Path) -> None:
    assert "[red]x[/y]" in gongkai("sql", "select '[red]x[/y]' as \"[bold]\"", "--warehouse", warehouse).stdout


def test_csv(gongkai: Gongkai, warehouse: Path) -> None:
    head, row = gongkai("sql", _VALUES, "--format", "csv", "--warehouse", warehouse).stdout.splitlines()
    assert head == '"n","d","unknown","t","l","s","i","b"'
    assert row == '1,1.500000,,"[red]a,""b""","[""a"", ""b""]","{""x"": 2}","[0, 1, 0]",true'


def test_json(gongkai: Gongkai, warehouse: Path) -> None:
    (row,) = json.loads(gongkai("sql", _VALUES, "--format", "json", "--warehouse", warehouse).stdout)
    assert (row["n"], row["d"], row["unknown"], row["l"], row["b"]) == (1, "1.5", None, ["a", "b"], True)


def test_parquet_to_a_file(gongkai: Gongkai, warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    gongkai("sql", _VALUES, "--format", "parquet", "--output", file, "--warehouse", warehouse)
    table = pyarrow.parquet.read_table(file)
    assert (table.num_rows, table.column("l").to_pylist()) == (1, [["a", "b"]])


def test_rows_are_not_cut(gongkai: Gongkai, warehouse: Path) -> None:
    lines = gongkai("sql", "from range(50000)", "--format", "csv", "--warehouse", warehouse).stdout.splitlines()
    assert len(lines) == 50_001


def test_a_statement_from_standard_input(warehouse: Path) -> None:
    outcome = subprocess.run(
        [Path(sys.executable).parent / "gongkai", "sql", "--format", "csv", "--warehouse", warehouse],
        input="select 6 * 7 as n;\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout.split() == ['"n"', "42"]


@pytest.mark.parametrize(
    "sql", ["copy dim_year to '/tmp/x'", "from read_text('/etc/passwd')", "select", "from nowhere", ""]
)
def test_a_refusal_says_why_and_exits_1(sql: str, gongkai: Gongkai, warehouse: Path) -> None:
    outcome = gongkai("sql", sql, "--warehouse", warehouse, check=False)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("错误 error: ")


def test_nothing_published_says_what_to_do(gongkai: Gongkai, tmp_path: Path) -> None:
    outcome = gongkai("sql", "select 1", "--warehouse", tmp_path, check=False)
    assert outcome.returncode == 1
    assert "gongkai build" in outcome.stderr
