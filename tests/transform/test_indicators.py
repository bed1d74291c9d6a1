"""The indicators of a small landed database, against the arithmetic done again in Python."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt
from statistics import NormalDist
from typing import Any

import duckdb
import pytest
from small_warehouse import XIPO

Z = NormalDist().inv_cdf(0.975)


def rows(marts: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    return marts.execute(query, parameters).fetchall()


def test_every_indicator_is_computed_and_catalogued(marts: duckdb.DuckDBPyConnection) -> None:
    codes = rows(marts, "SELECT indicator_code FROM dim_indicator ORDER BY 1")
    assert len(codes) == 19
    assert rows(marts, "SELECT DISTINCT indicator_code FROM mart_indicator ORDER BY 1") == codes


def test_values_and_intervals_are_those_of_their_numerators(marts: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT numerator, denominator, value, low, high FROM mart_indicator
        INNER JOIN dim_indicator USING (indicator_code) WHERE is_share AND denominator > 0
    """
    found = rows(marts, query)
    assert len(found) > 20
    for numerator, denominator, value, low, high in found:
        cases, share = float(denominator), float(numerator) / float(denominator)
        centre = (share + Z * Z / (2 * cases)) / (1 + Z * Z / cases)
        half = Z * sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases)) / (1 + Z * Z / cases)
        assert (float(value), float(low), float(high)) == pytest.approx((share, centre - half, centre + half), abs=1e-6)
        assert 0 <= low <= value <= high <= 1


def test_blank_cells_leave_a_report_out_and_are_counted(marts: duckdb.DuckDBPyConnection) -> None:
    """Baiyang's reconsiderations are blank; its applications are not."""
    query = """
        SELECT indicator_code, numerator, denominator, n_reports, n_not_assessable, rating_status FROM mart_indicator
        WHERE level = 'nation' AND scope = 'own' AND year = 2023 AND indicator_code IN ('denial_rate', 'dispute_rate')
        ORDER BY 1
    """
    assert rows(marts, query) == [
        ("denial_rate", 1, 1, 1, 0, "too_few"),
        ("dispute_rate", None, None, 0, 1, "not_assessable"),
    ]


def test_a_report_without_tables_is_counted_as_not_assessable(marts: duckdb.DuckDBPyConnection) -> None:
    """The bureau's tables are pictures; the town of the same county has its own."""
    query = """
        SELECT numerator, denominator, n_reports, n_not_assessable FROM mart_indicator
        WHERE level = 'county' AND region_code = ? AND year = 2022 AND indicator_code = 'disclosure_rate'
    """
    assert rows(marts, query, XIPO[:6]) == [(Decimal(0), Decimal(0), 1, 1)]


def test_no_row_has_an_interval_or_a_rating_without_its_cases(marts: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT count(*) FROM mart_indicator
        WHERE (rating_status = 'rated') != coalesce(denominator >= 30, false)
            OR (rating_status = 'not_assessable') != (n_reports = 0) OR (value IS NULL AND low IS NOT NULL)
    """
    assert rows(marts, query) == [(0,)]
