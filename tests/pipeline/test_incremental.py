"""An incremental warehouse is the one that a full refresh gives, whatever happened to the inbox in between."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

_REPORTS = 60
_LATE = 10


def published(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every published table, in one order, and the tables' columns; but not what a release says of itself."""
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        columns = connection.sql(
            "select table_name, column_name, data_type, comment from duckdb_columns()"
            " where not internal and table_name != 'release_info' order by all"
        ).fetchall()
        names = sorted({name for name, *_ in columns})
        rows = {name: connection.sql(f'select * from "{name}" order by all').fetchall() for name in names}
    return {**rows, "columns": columns}


def changed_last(warehouse: Path) -> int:
    """How many reports the last build took in."""
    with duckdb.connect(str(warehouse / "build.duckdb"), read_only=True) as connection:
        return int(
            connection.sql(
                "select count(*) from intermediate.int_report_state"
                " where generation = (select max(generation) from intermediate.int_report_state)"
            ).fetchall()[0][0]
        )


def republish(document: Path) -> Path:
    """A later version of the report, whose file is newer."""
    newer = document.with_name(f"更正后{document.name}")
    newer.write_text(document.read_text(encoding="utf-8").replace("一、", "更正说明。\n一、", 1), encoding="utf-8")
    return newer


def read_by_an_older_parser(warehouse: Path, reports: int) -> None:
    """Leave `reports` in the landing tables as an older version of the parser might have read them: with one figure wrong."""
    with duckdb.connect(str(warehouse / "build.duckdb")) as connection:
        connection.execute(
            "update raw.document set parser_version = 'older' where report_key in"
            " (select report_key from raw.document join raw.file using (sha256) order by report_key limit ?)",
            [reports],
        )
        connection.execute(
            "update raw.cell set value = 4711, raw = '4711', state = 'number' where row_code = 'granted' and report_key in"
            " (select report_key from raw.document where parser_version = 'older')"
        )


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, gongkai: Any) -> Path:
    """A corpus, an inbox with all but the first few of its reports, and a warehouse with a release of these."""
    folder = tmp_path_factory.mktemp("begun")
    corpus, inbox = folder / "corpus", folder / "inbox"
    gongkai("demo", corpus, "--reports", str(_REPORTS), "--seed", "11")
    shutil.copytree(corpus, inbox)
    for name in names_of(corpus)[:_LATE]:
        (inbox / name).unlink()
    gongkai("build", "--inbox", inbox, "--warehouse", folder / "warehouse")
    return folder


def names_of(corpus: Path) -> list[Path]:
    return sorted(document.relative_to(corpus) for document in corpus.rglob("*.txt"))


def test_an_incremental_warehouse_equals_a_full_refresh(begun: Path, tmp_path: Path, gongkai: Any) -> None:
    shutil.copytree(begun, tmp_path, symlinks=True, dirs_exist_ok=True)
    corpus, inbox, warehouse = tmp_path / "corpus", tmp_path / "inbox", tmp_path / "warehouse"
    names = names_of(corpus)
    late, gone, revised, told, tampered = names[:_LATE], names[10:16], names[16:20], names[20:24], 5

    for name in late:  # reports come
        shutil.copy2(corpus / name, inbox / name)
    for name in gone:  # reports leave
        (inbox / name).unlink()
    versions = [
        republish(inbox / name) for name in revised
    ]  # reports are published anew: two versions change each time
    for name in told:  # and some are read anew, since more is told of them than was
        note = (inbox / name).with_name(f"{name.name}.meta.json")
        note.write_text('{"published_on": "2030-01-02"}', encoding="utf-8")
    read_by_an_older_parser(warehouse, tampered)
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse)
    expected = len(late) + len(gone) + 2 * len(revised) + len(told)
    assert expected <= changed_last(warehouse) <= expected + tampered

    versions[0].unlink()  # a correction is withdrawn: the older version is current again
    shutil.copy2(corpus / gone[0], inbox / gone[0])  # a report comes back
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse)
    assert changed_last(warehouse) == 3
    incremental = published(warehouse)
    assert len(incremental["dim_report"]) == _REPORTS - len(gone) + 1 + len(revised) - 1
    assert incremental["report_cell"]
    assert incremental["fct_rule_result"]

    gongkai("build", "--from-landing", "--warehouse", warehouse, "--full-refresh")
    anew = published(warehouse)
    assert [table for table in {*incremental, *anew} if incremental.get(table) != anew.get(table)] == []


def test_a_build_that_failed_is_made_good_by_the_next(begun: Path, tmp_path: Path, gongkai: Any) -> None:
    """What a test of dbt found stays to be found until it is mended: nothing is forgotten by asking again."""
    warehouse = Path(shutil.copytree(begun / "warehouse", tmp_path / "warehouse", symlinks=True))
    before = published(warehouse)
    gongkai("demo", warehouse, "--into-landing", "--reports", "6", "--seed", "4")
    with duckdb.connect(str(warehouse / "build.duckdb")) as connection:
        twice = "from raw.cell where report_key = (select max(report_key) from raw.document join raw.file using (sha256) where path like '示例4%')"
        connection.execute(f"create table doubled as {twice}")
        connection.execute("insert into raw.cell from doubled")
    for _ in range(2):
        assert gongkai("build", "--from-landing", "--warehouse", warehouse, check=False).returncode == 1
        assert published(warehouse) == before
    with duckdb.connect(str(warehouse / "build.duckdb")) as connection:
        connection.execute(f"delete {twice}")
        connection.execute("insert into raw.cell from doubled; drop table doubled")
    gongkai("build", "--from-landing", "--warehouse", warehouse)
    assert len(published(warehouse)["dim_report"]) == len(before["dim_report"]) + 6


def test_there_is_nothing_to_begin_with_before_the_first_landing(tmp_path: Path, gongkai: Any) -> None:
    outcome = gongkai("build", "--from-landing", "--warehouse", tmp_path, check=False)
    assert outcome.returncode == 1
    assert "还没有落地的报告" in outcome.stderr
