"""An answer in the table, in the files and in the chart: exact numbers, null apart from zero and from an empty text."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet
import pytest

from dashboard.app import create_app
from dashboard.components.answer import answer_panels
from dashboard.data.answer_cells import cell, write_csv, write_parquet
from dashboard.data.desk import Desk
from dashboard.data.release import Release
from dashboard.data.sandbox import Answer
from dashboard.figures.answer import Guess, guess
from dashboard.i18n import Translator

_ODD = """
select 9007199254740993 as beyond, 1.10::decimal(18,6) as tenth, 12345678901234567890.5::decimal(38,6) as long,
    null::integer as nothing, '' as empty, [1, null, 3] as list, {'a': 1.5::decimal(4,2)} as struct, true as yes,
    date '2024-02-29' as day, timestamp '2024-02-29 01:02:03' as moment, 'nan'::double as undefined, 'ab'::blob as bytes
"""


def _table(sql: str) -> pa.Table:
    with duckdb.connect() as connection:
        return connection.sql(sql).to_arrow_table()


def test_a_cell_is_exact_or_a_text() -> None:
    (row,) = _table(_ODD).to_pylist()
    assert {name: cell(value) for name, value in row.items()} == {
        "beyond": "9007199254740993",
        "tenth": 1.1,
        "long": "12345678901234567890.5",
        "nothing": None,
        "empty": "",
        "list": "[1, null, 3]",
        "struct": '{"a": 1.5}',
        "yes": "true",
        "day": "2024-02-29",
        "moment": "2024-02-29 01:02:03",
        "undefined": "nan",
        "bytes": "6162",
    }


def test_csv_keeps_null_apart_from_an_empty_text() -> None:
    output = BytesIO()
    write_csv(_table(_ODD), output)
    text = output.getvalue().decode("utf-8-sig")
    assert ',,"",' in text  # null, then the empty text
    (row,) = csv.DictReader(StringIO(text))
    assert (row["beyond"], row["long"]) == ("9007199254740993", "12345678901234567890.500000")
    assert json.loads(row["list"]) == [1, None, 3]


def test_what_a_format_does_not_know_goes_as_text() -> None:
    for write in (write_csv, write_parquet):
        output = BytesIO()
        write(_table("select interval 1 day as span, union_value(n := 1) as either, time '01:02:03' as at"), output)
        assert output.getvalue()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_download_is_the_answer(small_warehouse: Path, release: Release, tmp_path: Path, kind: str) -> None:
    run_id = uuid4().hex
    sql = "select organ_name, count(*) as reports from dim_report join dim_organ using (organ_key) group by all order by 1"
    table = Desk(tmp_path).run(release.path, run_id, sql).table
    answer = create_app(small_warehouse, tmp_path).server.test_client().get(f"/sql/answer/{run_id}.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="gongkai-answer.{kind}"'
    if kind == "csv":
        rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
        assert [(row["organ_name"], int(row["reports"])) for row in rows] == [
            (row["organ_name"], row["reports"]) for row in table.to_pylist()
        ]
    else:
        assert pyarrow.parquet.read_table(BytesIO(answer.data)).equals(table)


def test_a_download_that_is_no_longer_kept_says_so(small_warehouse: Path, tmp_path: Path) -> None:
    client = create_app(small_warehouse, tmp_path).server.test_client()
    for path in (f"/sql/answer/{uuid4().hex}.csv", "/sql/answer/nonsense.parquet"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "重新运行" in answer.get_data(as_text=True)


def test_dbt_docs_are_served_where_a_build_left_them(tmp_path: Path) -> None:
    client = create_app(tmp_path, tmp_path).server.test_client()
    assert client.get("/dbt-docs").status_code == 404
    (tmp_path / "dbt-docs.html").write_text("<title>dbt</title>")
    page = client.get("/dbt-docs")
    assert page.get_data(as_text=True) == "<title>dbt</title>"
    assert "https:" not in page.headers["Content-Security-Policy"]


def test_data_docs_are_served_where_a_build_left_them(tmp_path: Path) -> None:
    client = create_app(tmp_path, tmp_path).server.test_client()
    assert client.get("/data-docs/").status_code == 404
    pages = tmp_path / "data-docs-runs" / "one" / "pages"
    (pages / "validations").mkdir(parents=True)
    (pages / "index.html").write_text("<title>index</title>")
    (pages / "validations" / "a.html").write_text("<title>a</title>")
    (tmp_path / "data-docs").symlink_to(pages)
    (tmp_path / "secret.html").write_text("secret")

    assert client.get("/data-docs", follow_redirects=True).get_data(as_text=True) == "<title>index</title>"
    page = client.get("/data-docs/validations/a.html")
    assert page.get_data(as_text=True) == "<title>a</title>"
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for gone in ("validations/of_an_earlier_build.html", "../../../secret.html", "%2e%2e/%2e%2e/%2e%2e/secret.html"):
        answer = client.get(f"/data-docs/{gone}")
        assert (answer.status_code, answer.headers.get("Location")) in ((302, "/data-docs/"), (404, None))


@pytest.mark.parametrize(
    ("sql", "guessed"),
    [
        (
            "select * from (values (2020, 3, 1.5::decimal(18,6)), (2021, 4, 2)) t(year, reports, received)",
            Guess("line", "year", "received", None),
        ),
        (
            "select * from (values (2020, 'a', 1), (2020, 'b', 2), (2021, 'a', 3)) t(year, kind, n)",
            Guess("line", "year", "n", "kind"),
        ),
        ("select * from (values ('甲', 1.0::double), ('乙', 2)) t(place, rate)", Guess("bar", "place", "rate", None)),
        ("select * from (values (2020, 1), (2020, 2)) t(year, n)", Guess("line", "year", "n", None)),
        ("select 2020 as year, 1 as n", None),
        ("select * from (values ('a'), ('b')) t(x)", None),
    ],
)
def test_a_chart_is_guessed(sql: str, guessed: Guess | None) -> None:
    assert guess(_table(sql)) == guessed


def _in(component: Any, name: str) -> list[Any]:
    return [each for each in component._traverse() if getattr(each, "id", None) == name]


def test_a_long_text_is_cut_in_the_table_and_says_so() -> None:
    answer = Answer(_table("select repeat('字', 400) as text, 1 as \"a.b\" union all select '短', 2"), False, 0.1)
    (panel, _) = answer_panels(Translator("zh"), answer, uuid4().hex, "run-1")
    (grid,) = _in(panel, "sql-grid")
    assert grid.rowData[0]["c0"] == "字" * 300 + "…"
    assert [column["headerName"] for column in grid.columnDefs] == ["text", "a.b"]


def test_a_cut_answer_says_so_and_an_empty_one_has_no_chart() -> None:
    t = Translator("en")
    cut = answer_panels(t, Answer(_table("select range as n from range(3)"), True, 0.1), uuid4().hex, "run-1")
    assert "Only the first 3 rows" in str(cut[0])
    empty = answer_panels(t, Answer(_table("select 1 as n limit 0"), False, 0.1), uuid4().hex, "run-1")
    assert len(empty) == 1
    assert _in(empty[0], "no-rows")
