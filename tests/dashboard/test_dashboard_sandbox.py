"""The fence around SQL: what it answers, what it refuses, and that nothing outlasts a refusal."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from attacks import ATTACKS

from dashboard.data.sandbox import AT_ONCE, LONGEST, Limits, Refused, run_sql

_ENDLESS = "select sum(a.range * b.range) from range(100000000) as a, range(100000000) as b"


@pytest.fixture(scope="module")
def release_file(small_warehouse: Path) -> Path:
    return (small_warehouse / "current.duckdb").resolve()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.csv"
    file.write_text("password\nhunter2\n", encoding="ascii")
    return file


def _workers() -> set[int]:
    """The processes that this one has started for statements and that live; other tests' helpers are not among them."""
    return {
        int(process)
        for children in Path("/proc/self/task").glob("*/children")
        for process in children.read_text(encoding="ascii").split()
        if b"sandbox_worker" in Path(f"/proc/{process}/cmdline").read_bytes()
    }


# --- What it refuses -------------------------------------------------------------------------------------------------


def test_there_are_attacks_enough() -> None:
    assert len(ATTACKS) > 120


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_the_next_query_is_answered(name: str, release_file: Path, secret: Path) -> None:
    codes, sql = ATTACKS[name]
    target = secret.with_name("target")
    before = release_file.read_bytes()
    for word, path in {"{secret}": secret, "{target}": target, "{release}": release_file}.items():
        sql = sql.replace(word, str(path))
    limits = Limits(seconds=0.5, memory="256MB") if name.startswith("exhaust-") else Limits()
    with pytest.raises(Refused) as refusal:
        run_sql(release_file, sql, limits)
    message = str(refusal.value)
    assert refusal.value.code in codes, message
    assert any("\u4e00" <= character <= "\u9fff" for character in message)
    assert "hunter2" not in message
    assert str(release_file.parent) not in message.replace(sql, "")
    assert not target.exists()
    assert release_file.read_bytes() == before
    assert run_sql(release_file, "select count(*) > 0 as is_there from dim_report").table.to_pylist() == [
        {"is_there": True}
    ]


def test_a_statement_may_not_be_longer_than_it_may(release_file: Path) -> None:
    with pytest.raises(Refused, match="语句过长") as refusal:
        run_sql(release_file, "select 1".ljust(LONGEST + 1))
    assert refusal.value.code == "too_long"


def test_a_wrong_name_is_refused_with_what_duckdb_says(release_file: Path) -> None:
    with pytest.raises(Refused, match="dim_rport") as refusal:
        run_sql(release_file, "from dim_rport")
    assert refusal.value.code == "failed"


def test_no_release_no_answer(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        run_sql(tmp_path / "none.duckdb", "select 1")
    assert refusal.value.code == "failed"
    assert str(tmp_path) not in str(refusal.value)


# --- What it answers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "select * from dim_report;",
        "from dim_report",
        "table dim_year",
        "values (1), (2)",
        "with x as (select 1 as a) select * from x",
        "with recursive x(n) as (select 1 union all select n + 1 from x where n < 5) from x",
        "(select 1) union all (select 2)",
        "describe dim_report",
        "describe select 1",
        "show tables",
        "show all tables",
        "summarize dim_year",
        "explain select * from dim_report",
        "explain analyze select * from dim_report",
        "explain (analyze, format json) select 1",
        "pivot fct_outcome on outcome_code in ('granted') using sum(value) group by year",
        "unpivot (select 1 as a, 2 as b) on a, b",
        "from range(3), generate_series(1, 2)",
        "select unnest([1, 2])",
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal",
        "from information_schema.columns",
        "-- 注释\nselect 1",
    ],
)
def test_what_reads_is_answered(sql: str, release_file: Path) -> None:
    assert run_sql(release_file, sql).table.num_rows > 0


def test_an_answer_without_rows_has_its_columns(release_file: Path) -> None:
    answer = run_sql(release_file, "select report_key, year from dim_report where false")
    assert (answer.table.column_names, answer.table.num_rows, answer.is_cut) == (["report_key", "year"], 0, False)


def test_columns_of_one_name_are_told_apart(release_file: Path) -> None:
    answer = run_sql(release_file, "select 1 as a, 2 as a_1, 3 as a, 4 as a")
    assert answer.table.to_pylist() == [{"a": 1, "a_1": 2, "a_2": 3, "a_3": 4}]


def test_values_stay_exact(release_file: Path) -> None:
    (row,) = run_sql(release_file, "select 976.8142::decimal(18, 6) as amount, null::int as unknown").table.to_pylist()
    assert row == {"amount": Decimal("976.814200"), "unknown": None}


# --- Limits and cancelling -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "shown", "is_cut"), [(99, 99, True), (100, 100, False), (101, 100, False)])
def test_rows_are_cut_at_the_limit(rows: int, shown: int, is_cut: bool, release_file: Path) -> None:
    answer = run_sql(release_file, "from range(100)", Limits(rows=rows))
    assert (answer.table.num_rows, answer.is_cut) == (shown, is_cut)


def test_an_endless_answer_is_cut_at_once(release_file: Path) -> None:
    answer = run_sql(release_file, "from range(1000000000000)", Limits(rows=5000))
    assert (answer.table.num_rows, answer.is_cut) == (5000, True)
    assert answer.seconds < 5


def test_time_is_limited(release_file: Path) -> None:
    start = time.monotonic()
    with pytest.raises(Refused, match="已停止") as refusal:
        run_sql(release_file, _ENDLESS, Limits(seconds=0.5))
    assert refusal.value.code == "too_slow"
    assert time.monotonic() - start < 10


def test_memory_is_limited_and_the_limit_can_be_raised(release_file: Path) -> None:
    sql = "select count(distinct hash(range)) as n from range(3000000)"
    with pytest.raises(Refused) as refusal:
        run_sql(release_file, sql, Limits(memory="20MB"))
    assert refusal.value.code == "too_much_memory"
    assert run_sql(release_file, sql, Limits(memory="1GiB")).table.num_rows == 1


def test_a_query_can_be_cancelled_from_another_thread(release_file: Path) -> None:
    cancel = threading.Event()
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_sql, release_file, _ENDLESS, Limits(seconds=60), cancel)
        time.sleep(0.5)
        assert not running.done()
        cancel.set()
        start = time.monotonic()
        with pytest.raises(Refused) as refusal:
            running.result()
    assert refusal.value.code == "cancelled"
    assert time.monotonic() - start < 2
    assert run_sql(release_file, "select 1").table.num_rows == 1


def test_no_more_than_a_few_run_at_once_and_the_others_are_told(release_file: Path) -> None:
    cancel = threading.Event()
    with ThreadPoolExecutor() as threads:
        running = [threads.submit(run_sql, release_file, _ENDLESS, Limits(seconds=60), cancel) for _ in range(AT_ONCE)]
        time.sleep(0.5)
        with pytest.raises(Refused, match="请稍候") as refusal:
            run_sql(release_file, "select 1")
        cancel.set()
    assert refusal.value.code == "busy"
    assert all(isinstance(query.exception(), Refused) for query in running)
    assert run_sql(release_file, "select 1").table.num_rows == 1


def test_many_threads_get_their_own_answers(release_file: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: run_sql(release_file, f"select {n} as n").table.to_pylist(), range(40))
        assert list(answers) == [[{"n": n}] for n in range(40)]


# --- The process behind it -------------------------------------------------------------------------------------------


def test_a_process_is_used_again(release_file: Path) -> None:
    run_sql(release_file, "select 1")
    before = _workers()
    assert all(run_sql(release_file, "from dim_report").seconds < 2 for _ in range(5))
    assert _workers() == before


def test_a_crash_costs_one_answer(release_file: Path) -> None:
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_sql, release_file, _ENDLESS)
        time.sleep(1)
        for worker in _workers():
            os.kill(worker, signal.SIGSEGV)
        with pytest.raises(Refused) as refusal:
            running.result()
    assert refusal.value.code == "failed"
    assert run_sql(release_file, "select 1").table.num_rows == 1


def test_nothing_of_the_environment_is_seen_by_the_process(release_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for worker in _workers():  # so that a new one is started
        os.kill(worker, signal.SIGKILL)
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
    monkeypatch.setenv("WEBHOOK", "https://example.org/?key=hunter2")
    run_sql(release_file, "select 1")
    environments = [Path(f"/proc/{worker}/environ").read_bytes() for worker in _workers()]
    assert environments
    assert not any(b"hunter2" in environment for environment in environments)
