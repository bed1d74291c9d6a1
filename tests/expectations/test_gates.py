"""Every expectation of the gates: a sound warehouse meets it, and one that is broken in its way does not."""

from __future__ import annotations

import duckdb
import pytest
from gate_warehouse import RELEASE, Ask
from great_expectations.expectations.metadata_types import FailureSeverity

from dagster_project.warehouse.paths import WarehousePaths
from expectations.suites import LANDING, MARTS

BROKEN_LANDING = {
    ("raw.file", "schema"): "alter table raw.file drop column size_bytes",
    ("raw.file", "path_unique"): "create or replace table raw.file as from raw.file union all from raw.file",
    ("raw.register", "schema"): "alter table raw.register alter column since type varchar",
    ("raw.register", "line_unique"): "insert into raw.register (line, problem) values (1, '?'), (1, '?')",
    ("raw.register", "registered_or_explained"): "insert into raw.register (line) values (2)",
    ("raw.document", "schema"): "alter table raw.document add column colour varchar",
    (
        "raw.document",
        "document_unique",
    ): "create or replace table raw.document as from raw.document union all from raw.document",
    ("raw.document", "part_unique"): "update raw.document set sha256 = 'sha1' where report_key = 'key2'",
    ("raw.document", "document_status"): "update raw.document set status = 'lost' where report_key = 'key3'",
    ("raw.document", "rejected_has_reason"): "update raw.document set reason = 'empty' where report_key = 'key4'",
    ("raw.document", "some_report"): "delete from raw.file",
    ("raw.document", "newest_year"): "update raw.document set year = 2019",
    ("raw.document", "volume"): "delete from raw.file where path > 'a70'",
    ("raw.cell", "schema"): "alter table raw.cell alter column value type double",
    ("raw.cell", "value_only_in_number"): "update raw.cell set state = 'blank' where report_key = 'key6'",
    ("raw.finding", "schema"): "alter table raw.finding rename column code to kind",
    ("raw.finding", "finding_severity"): "insert into raw.finding values ('key1', 'x', 'fatal', '')",
    (
        "raw.section",
        "schema",
    ): "drop table raw.section; create table raw.section as select 'key1' as report_key, 'overview' as section_code",
    ("raw.section", "section_code"): "insert into raw.section values ('key1', 'seventh', '', '', 1)",
    (
        "raw.section",
        "section_unique",
    ): "insert into raw.section values ('key1', 'overview', '', '', 1), ('key1', 'overview', '', '', 2)",
    ("raw.claim", "schema"): "alter table raw.claim drop column line",
    ("raw.claim", "claim_kind"): "insert into raw.claim values ('key1', 'rumour', '', 1, false, '', 1)",
    ("raw.claim", "none_is_nought"): "insert into raw.claim values ('key1', 'none', '', 1, false, '', 1)",
    ("raw.metadata", "schema"): "alter table raw.metadata add column line integer",
    ("raw.metadata", "entry_has_label"): "insert into raw.metadata values ('key1', ' ', 'x')",
}
BROKEN_MARTS = {
    ("main.dim_report", "reports_exist"): "delete from dim_report",
    ("main.dim_report", "report_unique"): "insert into dim_report select * from dim_report where report_key = 'key1'",
    ("main.dim_report", "one_current_version"): "update dim_report set is_current = false where report_key = 'key1'",
    ("main.dim_report", "form_complete"): "delete from report_cell where report_key = 'key1' and row_code = 'granted'",
    ("main.dim_report", "volume"): "delete from dim_report where report_key > 'key70'",
    ("main.dim_report", "null_share"): "update dim_report set signed_on = null where report_key < 'key12'",
    ("main.fct_application", "nothing_lost"): "delete from fct_application where report_key = 'key1'",
    ("main.fct_outcome", "nothing_lost"): "update fct_outcome set value = 2 where report_key = 'key1'",
    ("main.fct_disclosure", "nothing_lost"): "insert into fct_disclosure from fct_disclosure limit 1",
    ("main.fct_dispute", "nothing_lost"): "delete from fct_dispute",
}


def test_a_sound_warehouse_meets_every_expectation_and_each_has_its_broken_one(ask: Ask) -> None:
    results = ask((*LANDING, *MARTS))
    assert [key for key, result in results.items() if not result.success] == []
    assert set(results) == {*BROKEN_LANDING, *BROKEN_MARTS}
    assert {result.unexpected_rows for result in results.values()} == {0}
    assert results["raw.cell", "value_only_in_number"].checked_rows == 100
    assert results["main.dim_report", "null_share"].checked_rows == 5
    assert {key for key, result in results.items() if result.severity is FailureSeverity.WARNING} == {
        ("raw.document", "newest_year")
    }


@pytest.mark.parametrize("key", BROKEN_LANDING, ids=".".join)
def test_a_broken_landing_zone_fails(key: tuple[str, str], ask: Ask) -> None:
    suites = tuple(suite for suite in LANDING if ".".join(suite.subject) == key[0])
    result = ask(suites, BROKEN_LANDING[key])[key]
    assert not result.success
    assert result.unexpected_rows >= 1
    assert result.examples


@pytest.mark.parametrize("key", BROKEN_MARTS, ids=".".join)
def test_broken_marts_fail(key: tuple[str, str], ask: Ask) -> None:
    suites = tuple(suite for suite in MARTS if ".".join(suite.subject) == key[0])
    result = ask(suites, BROKEN_MARTS[key])[key]
    assert not result.success
    assert result.unexpected_rows >= 1


def test_a_loss_is_told_with_both_numbers_and_can_be_accepted(ask: Ask) -> None:
    lost = "delete from raw.file where path > 'a70'; delete from dim_report where report_key > 'key70'"
    suites = tuple(suite for suite in (*LANDING, *MARTS) if suite.schema == "gate")
    results = ask(suites, lost)
    [told] = results["raw.document", "volume"].examples
    assert (told["last"], told["now"], told["last_release"]) == (100, 68, RELEASE)
    assert all(result.success for result in ask(suites, accept_loss=True).values())


def test_cells_that_are_read_no_longer_are_nulls(ask: Ask) -> None:
    suites = tuple(suite for suite in MARTS if suite.schema == "gate")
    unread = "update dim_report set number_cells = 3, text_cells = 1 where report_key < 'key2'"
    [told] = ask(suites, unread)["main.dim_report", "null_share"].examples
    assert (told["measure"], told["last"], told["now"]) == ("report_cell.value", 0, 0.03)


def test_a_fifth_less_passes_and_new_reports_without_dates_are_no_loss(ask: Ask) -> None:
    suites = tuple(suite for suite in MARTS if suite.schema == "gate")
    fewer = "delete from dim_report where report_key in (select report_key from dim_report limit 20)"
    assert all(result.success for result in ask(suites, fewer).values())
    undated = (
        "insert into dim_report by name select 'new' || n as report_key, 'o1' as organ_key from range(50) as t (n)"
    )
    assert all(result.success for result in ask(suites, undated).values())


@pytest.mark.parametrize("damage", ["another version", "no database", "none"])
def test_without_a_release_to_hold_it_against_a_build_passes(damage: str, ask: Ask, paths: WarehousePaths) -> None:
    release = paths.current.resolve()
    if damage == "another version":
        with duckdb.connect(release) as connection:
            connection.execute("drop table mart_document; alter table dim_report drop column form")
    elif damage == "no database":
        release.write_bytes(b"?" * 4096)
    else:
        paths.current.unlink()
    suites = tuple(suite for suite in (*LANDING, *MARTS) if suite.schema == "gate")
    assert all(result.success for result in ask(suites, "delete from raw.file where path > 'a2'").values())
