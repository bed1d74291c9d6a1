"""What must hold between this build and the release that is served: expectations over the tables that `warehouse/comparison.py` writes.

A row of them is a measure: `last` and `now` are its value in the release and in the build, `limit` the least that passes. Where there is
no release, or the operator accepted the loss, there is nothing that could fail.
"""

from __future__ import annotations

from great_expectations.expectations import Expectation

from .suite import no_rows

LEAST_REPORTS = 0.8
"""Share of the last release's reports below which a build is held back: a folder that was not mounted, a parser that refuses a format."""
MOST_NEW_NULLS = 0.02
"""By how much the share of nulls in a column may grow among the reports that both hold."""


def fewer_rows() -> Expectation:
    return no_rows(
        "volume",
        f"报告份数不少于上一版本的 {LEAST_REPORTS:.0%}。At least {LEAST_REPORTS:.0%} of the last release's reports are there.",
        f"""
        select measure, last::bigint as last, now::bigint as now, last_release from {{batch}}
        where kind = 'rows' and now < {LEAST_REPORTS} * last and not is_accepted
        """,
        checked="kind = 'rows'",
    )


def more_nulls() -> Expectation:
    return no_rows(
        "null_share",
        f"上一版本也有的报告，关键列的空值率增加不超过 {MOST_NEW_NULLS:.0%}。"
        f"Among reports that the last release has too, the nulls of key columns grow by at most {MOST_NEW_NULLS:.0%}.",
        f"""
        select measure, round(last, 4) as last, round(now, 4) as now, last_release from {{batch}}
        where kind = 'null share' and now > last + {MOST_NEW_NULLS} and not is_accepted
        """,
        checked="kind = 'null share'",
    )
