"""The smallest change that mends a table: found where there is one, told apart where there are several, and none invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest
from made_results import SOUND, CellName, Printed, ask, database, row, track

from expectations.suggestions import write_suggestions


def suggested(changes: dict[CellName, Printed], **finding: Any) -> list[dict[str, Any]]:
    """The suggestions for a report that prints `changes`, in their order."""
    with database({"r": changes}, **finding) as connection:
        write_suggestions(connection)
        return read(connection)


def read(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return (
        connection.sql("from fct_suggestion order by report_key, table_code, suggestion_no")
        .to_arrow_table()
        .to_pylist()
    )


def told(suggestion: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(suggestion[name] for name in ("kind", "row_code", "column_code", "printed_value", "suggested_value"))


def test_a_sound_report_gets_none() -> None:
    assert suggested({}) == []


def test_one_cell_that_mends_three_rules() -> None:
    """12 for 21: the row's total (H2), the column's balance and its sum of outcomes (H3) all miss 9; only this cell is in all."""
    (one,) = suggested({("application", "granted", "natural_person"): 12})
    assert told(one) == ("change", "granted", "natural_person", 12, 21)
    assert one["mends"] == ["H2@application.granted", "H3@application.natural_person"]
    assert (one["slip"], one["fault"], one["suggestion_count"]) == ("transposed", "publisher", 1)
    assert "颠倒" in one["reason"]

    (one,) = suggested({("application", "processed_total", "natural_person"): 82})
    assert told(one) == ("change", "processed_total", "natural_person", 82, 28)
    assert one["mends"] == [
        "H1@application.natural_person",
        "H2@application.processed_total",
        "H3@application.natural_person",
    ]


@pytest.mark.parametrize(
    ("printed", "slip"),
    [
        (12, "transposed"),
        (211, "doubled"),
        (221, "doubled"),
        (201, "extra_digit"),
        (2, "missing_digit"),
        (27, "other_digit"),
        (0, "nought"),
        (30, None),
    ],
)
def test_the_slip_of_the_key_is_named(printed: int, slip: str | None) -> None:
    (one,) = suggested({("application", "granted", "natural_person"): printed})
    assert (one["suggested_value"], one["slip"]) == (21, slip)


def test_two_cells_exchanged_where_no_single_change_would_do() -> None:
    (one,) = suggested(
        {
            ("application", "granted", "natural_person"): 3,
            ("application", "granted", "commercial"): 21,
        }
    )
    assert told(one) == ("swap", "granted", "commercial", 21, 3)
    assert (one["other_row_code"], one["other_column_code"]) == ("granted", "natural_person")
    assert one["mends"] == ["H3@application.commercial", "H3@application.natural_person"]


def test_cells_on_both_sides_of_an_identity_are_exchanged() -> None:
    """新收 and 结转下年 in each other's place: H1 misses twice what they differ by."""
    swapped = suggested(
        {
            ("application", "new_received", "natural_person"): 5,
            ("application", "carried_forward", "natural_person"): 30,
        }
    )
    assert ("swap", "carried_forward", "natural_person", 30, 5) in [told(one) for one in swapped]
    assert all("H1@application.natural_person" in one["mends"] for one in swapped)


def test_several_changes_are_all_listed_and_none_is_the_suggestion() -> None:
    """The row of table 4 does not tell whether its total or one of its parts is wrong."""
    several = suggested({("dispute", "reconsideration", "total"): 8})
    assert [told(one) for one in several] == [
        ("change", "reconsideration", "total", 8, 9),
        ("change", "reconsideration", "corrected", 1, 0),
        ("change", "reconsideration", "pending", 2, 1),
        ("change", "reconsideration", "upheld", 6, 5),
    ]
    assert {(one["suggestion_no"], one["suggestion_count"]) for one in several} == {(no, 4) for no in (1, 2, 3, 4)}


def test_no_more_than_five_are_listed_but_all_are_counted() -> None:
    """One too few in a column and one too many in the next: to exchange the two figures in any of six rows would do."""
    refused = (
        "state_secret",
        "prohibited_by_law",
        "public_security",
        "third_party",
        "internal_affairs",
        "enforcement_file",
    )
    changes = {
        **row("new_received", 1, 5, 0, 0, 0, 0, total=6),
        **row("carried_in", 0, 0, 0, 0, 0, 0, total=0),
        **row("granted", 0, 0, 0, 0, 0, 0, total=0),
        **{name: cell for kind in refused for name, cell in row(f"denied_{kind}", 0, 1, 0, 0, 0, 0, total=1).items()},
        **row("processed_total", 1, 5, 0, 0, 0, 0, total=6),
        **row("carried_forward", 0, 0, 0, 0, 0, 0, total=0),
    }
    listed = suggested(changes)
    assert [(one["kind"], one["suggestion_no"], one["suggestion_count"]) for one in listed] == [
        ("swap", no, 6) for no in (1, 2, 3, 4, 5)
    ]
    assert {one["row_code"] for one in listed} < {f"denied_{kind}" for kind in refused}


def test_two_mistakes_that_have_nothing_to_do_with_each_other_get_none() -> None:
    assert (
        suggested({("application", "granted", "natural_person"): 12, ("application", "new_received", "total"): 36})
        == []
    )


def test_mistakes_in_two_tables_are_two_suggestions() -> None:
    both = suggested({("application", "granted", "natural_person"): 12, **track("reconsideration", 0, 0, 0, 0, 3)})
    assert [told(one) for one in both if one["table_code"] == "application"] == [
        ("change", "granted", "natural_person", 12, 21)
    ]
    assert told(next(one for one in both if one["table_code"] == "dispute")) == (
        "change",
        "reconsideration",
        "total",
        3,
        0,
    )


def test_a_count_is_never_suggested_below_nought() -> None:
    """Total 1 of parts 3 and 0: to lower a part by 2 is possible for the 3 alone."""
    several = suggested(track("reconsideration", 3, 0, 0, 0, 1))
    assert [told(one)[2:] for one in several] == [("total", 1, 3), ("upheld", 3, 1)]


def test_a_fraction_is_mended_to_a_count() -> None:
    (one,) = suggested({("application", "granted", "natural_person"): "21.5"})
    assert told(one) == ("change", "granted", "natural_person", Decimal("21.5"), 21)
    assert one["mends"][-1] == "H5@application.granted.natural_person"
    assert one["slip"] is None


def test_a_negative_figure_is_mended_to_a_count() -> None:
    (one,) = suggested({("application", "granted", "natural_person"): -21})
    assert told(one) == ("change", "granted", "natural_person", -21, 21)
    assert "H5@application.granted.natural_person" in one["mends"]


def test_blanks_are_read_as_the_rules_read_them() -> None:
    """The total is 8 short of parts that print 9, and the blank 其他结果 may only make it worse; the blank itself is never filled."""
    changes = track("reconsideration", 6, 1, None, 2, 1)
    several = suggested(changes)
    assert ("change", "reconsideration", "total", 1, 9) in [told(one) for one in several]
    assert all(one["column_code"] != "other" for one in several)


def test_what_blanks_leave_open_is_not_mended() -> None:
    """The parts fall short of the total and one of them is blank: nothing is broken, so nothing is suggested."""
    assert suggested(track("reconsideration", 6, None, 0, 2, 9)) == []


def test_a_change_may_not_break_what_passes() -> None:
    """新收 alone breaks H1 of its column: its row total holds now and would not hold any more, and so it is with every other cell."""
    changes = {
        ("application", "new_received", "natural_person"): 31,
        ("application", "new_received", "commercial"): 3,
    }
    kinds = {told(one)[0] for one in suggested(changes)}
    assert "change" not in kinds


@pytest.mark.parametrize(
    ("changes", "finding", "fault"),
    [
        ({}, {}, "publisher"),
        (row("rejected_repeated", *["text"] * 6, total="text"), {}, "unclear"),
        ({}, {"findings": {"r": ("digits_parted", "第 9 行 application.granted（（一）予以公开）：…")}}, "parser"),
        ({}, {"findings": {"r": ("digits_parted", "第 9 行 application.carried_in（二、上年结转）：…")}}, "publisher"),
    ],
)
def test_whose_fault_it_looks_like(changes: dict[CellName, Printed], finding: dict[str, Any], fault: str) -> None:
    one, *_ = suggested({("application", "granted", "total"): 42, **changes}, **finding)
    assert (told(one)[1:], one["fault"]) == (("granted", "total", 42, 24), fault)


def test_every_suggestion_mends_its_table_and_changes_nothing_itself() -> None:
    """Carried out on a copy, each suggestion leaves no identity of its table broken; the release's own cells stay as printed."""
    reports: dict[str, dict[CellName, Printed]] = {
        "total": {("application", "processed_total", "total"): 23},
        "leaf": {("application", "carried_in", "natural_person"): 33},
        "swap": {
            ("application", "denied_state_secret", "natural_person"): 1,
            ("application", "denied_state_secret", "commercial"): 7,
        },
        "dispute": track("direct_litigation", 4, 0, 0, 0, 40),
        "blank": {**track("reconsideration", 4, None, 0, 0, 3)},
    }
    with database(reports) as connection:
        before = connection.sql("from report_cell order by all").fetchall()
        write_suggestions(connection)
        assert connection.sql("from report_cell order by all").fetchall() == before
        found = read(connection)
        assert {one["report_key"] for one in found} == reports.keys()
        for one in found:
            connection.execute("create or replace temp table kept as from report_cell")
            set_cell = "update report_cell set value = ? where report_key = ? and table_code = ? and row_code = ? and column_code = ?"
            key = (one["report_key"], one["table_code"])
            connection.execute(set_cell, [one["suggested_value"], *key, one["row_code"], one["column_code"]])
            if one["kind"] == "swap":
                connection.execute(
                    set_cell, [one["printed_value"], *key, one["other_row_code"], one["other_column_code"]]
                )
            ask(connection)
            assert (
                connection.execute(
                    "select * from fct_rule_result where report_key = ? and status = 'fail'", [key[0]]
                ).fetchall()
                == []
            )
            connection.execute("delete from report_cell; insert into report_cell from kept")


def test_the_reports_that_changed_are_looked_at_alone_with_the_same_outcome() -> None:
    reports: dict[str, dict[CellName, Printed]] = {
        "stays": {("application", "granted", "natural_person"): 12},
        "mended": {("application", "granted", "total"): 42},
        "broken": {},
    }
    with database(reports) as connection:
        write_suggestions(connection)
        set_total = (
            "update report_cell set value = ? where report_key = ? and row_code = 'granted' and column_code = 'total'"
        )
        connection.execute(set_total, [24, "mended"])
        connection.execute(set_total, [25, "broken"])
        ask(connection)
        write_suggestions(connection, "select unnest(['mended', 'broken'])")
        by_change = read(connection)
        write_suggestions(connection)
        assert by_change == read(connection)
        assert [one["report_key"] for one in by_change] == ["broken", "stays"]


def test_every_column_says_what_it_is() -> None:
    with database({"r": SOUND}) as connection:
        write_suggestions(connection)
        silent = "select column_name from duckdb_columns() where table_name = 'fct_suggestion' and comment is null"
        assert connection.sql(silent).fetchall() == []
