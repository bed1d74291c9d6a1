"""What a spreadsheet shows of a number under a format."""

from __future__ import annotations

import pytest

from dagster_project.report_parser.formats.number_format import formatted

ACCOUNTS = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12.5, "0", "13"),
        (0.4, "0", "0"),
        (-0.4, "0", "0"),
        (-5.0, "0", "-5"),
        (7.0, "000000", "000007"),
        (3.14159, "0.00", "3.14"),
        (976.81, r"0.00_);[Red]\(0.00\)", "976.81"),
        (-3.0, r"0_);[Red]\(0\)", "(3)"),
        (0.5, "0.0#", "0.5"),
        (0.25, "0.0#", "0.25"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.0, "#,###", "1,234"),
        (20.0, '0"件"', "20件"),
        (20.0, "0件", "20件"),
        (5.0, "[$¥-804]#,##0", "¥5"),
        (7.0, "G/通用格式", "7"),
        (7.5, "General;-General;", "7.5"),
        (1234.0, ACCOUNTS, "1,234"),
        (-3.0, ACCOUNTS, "-3"),
        (0.0, ACCOUNTS, "-"),
        (0.0, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "-"),
        (0.0, "0", "0"),
        (0.0, "0.00_ ", "0.00"),
    ],
)
def test_shown(value: float, code: str, shown: str) -> None:
    assert formatted(value, code) == shown


@pytest.mark.parametrize("code", ["#,###", "#", '0;-0;""', "0;-0;;@", "General;-General;", ";;;"])
def test_a_zero_may_be_left_blank(code: str) -> None:
    assert formatted(0.0, code) == ""


@pytest.mark.parametrize(
    "code", ["0%", "0.00E+00", "# ?/?", "0,", "[>3]0", "[DBNum1]0", "yyyy/m/d", "h:mm", '0"', "0 0 0", "0" * 30]
)
def test_what_is_not_understood_is_not_guessed(code: str) -> None:
    assert formatted(5.0, code) is None


@pytest.mark.parametrize("value", [1e300, float("inf"), float("nan"), -1e28])
def test_what_is_no_figure_of_a_report_is_not_shown(value: float) -> None:
    assert formatted(value, "0.00") is None
