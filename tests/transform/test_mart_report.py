"""The wide row of each report, against the facts it adds up."""

from __future__ import annotations

import duckdb


def columns(marts: duckdb.DuckDBPyConnection, prefix: str) -> list[str]:
    query = """
        SELECT column_name FROM duckdb_columns() WHERE table_name = 'mart_report' AND starts_with(column_name, ?)
        ORDER BY column_index
    """
    return [name for (name,) in marts.execute(query, [prefix]).fetchall()]


def test_there_is_a_column_for_every_outcome_applicant_dispute_and_disclosure(marts: duckdb.DuckDBPyConnection) -> None:
    outcomes = marts.sql("SELECT 'outcome_' || outcome_code FROM dim_outcome ORDER BY sort_order").fetchall()
    assert [(name,) for name in columns(marts, "outcome_")] == outcomes
    applicants = marts.sql("SELECT 'received_' || applicant_code FROM dim_applicant ORDER BY 1").fetchall()
    assert [(name,) for name in sorted(columns(marts, "received_"))] == applicants
    disputes = marts.sql("SELECT track_code || '_' || result_code FROM dim_dispute ORDER BY sort_order").fetchall()
    named = [*columns(marts, "reconsideration_"), *columns(marts, "direct_"), *columns(marts, "litigation_")]
    assert [(name,) for name in named] == disputes
    disclosures = marts.sql(
        "SELECT 'disclosure_' || item_code || '_' || measure_code FROM dim_disclosure_item ORDER BY 1"
    ).fetchall()
    assert [(name,) for name in sorted(columns(marts, "disclosure_"))] == disclosures


def test_the_sums_are_those_of_the_facts(marts: duckdb.DuckDBPyConnection) -> None:
    (wide,) = marts.sql(
        "SELECT sum(new_received), sum(carried_in), sum(carried_forward), sum(processed), sum(outcome_granted), "
        "sum(disclosure_licences_decisions), sum(disclosure_rules_in_force) FROM mart_report"
    ).fetchall()
    (facts,) = marts.sql("""
        SELECT sum(new_received), sum(carried_in), sum(carried_forward), (SELECT sum(value) FROM fct_outcome),
            (SELECT sum(value) FROM fct_outcome WHERE outcome_code = 'granted'),
            (SELECT sum(value) FROM fct_disclosure WHERE item_code = 'licences' AND measure_code = 'decisions'),
            (SELECT sum(value) FROM fct_disclosure WHERE item_code = 'rules' AND measure_code = 'in_force')
        FROM fct_application
    """).fetchall()
    assert wide == facts
    assert wide[0] > 0
    (reports,) = marts.sql(
        "SELECT count(*) = (SELECT count(*) FROM dim_report WHERE is_current) FROM mart_report"
    ).fetchall()
    assert reports == (True,)
