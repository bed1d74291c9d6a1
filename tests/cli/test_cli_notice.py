"""`gongkai notice` on a real release."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.ledger import Ledger


@pytest.fixture(scope="module")
def broken(warehouse: Path) -> dict[str, Any]:
    """The current report with the most broken error rules, and its place's province."""
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        rows = (
            connection.sql("""
            select report.report_key, report.organ_key, report.year, left(organ.region_code, 2) as province, count(*) as places
            from fct_rule_result as result
            inner join dim_report as report using (report_key)
            inner join dim_organ as organ on report.organ_key = organ.organ_key
            where result.status = 'fail' and result.severity = 'error' and report.is_current
                and organ.region_code is not null
            group by all
            order by places desc, report_key
        """)
            .to_arrow_table()
            .to_pylist()
        )
    return dict(rows[0])


def test_one_notice_by_its_report_or_its_organ(
    gongkai: Any, warehouse: Path, broken: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "one.pdf"
    options = ("--warehouse", warehouse, "--format", "pdf", "--office", "某某办公室", "--deadline", "2026-12-01")
    said = gongkai("notice", broken["report_key"], *options, "--output", file)
    assert str(file) in said.stdout
    assert "GONGKAI_OFFICE" not in said.stderr
    assert file.read_bytes().startswith(b"%PDF")
    by_organ = tmp_path / "organ.pdf"
    gongkai("notice", "--organ", broken["organ_key"], "--year", str(broken["year"]), *options, "--output", by_organ)
    assert by_organ.stat().st_size == file.stat().st_size


def test_a_file_that_exists_stays(gongkai: Any, warehouse: Path, broken: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "edited.docx"
    file.write_text("edited by hand", encoding="utf-8")
    refused = gongkai("notice", broken["report_key"], "--warehouse", warehouse, "--output", file, check=False)
    assert refused.returncode == 1
    assert "已存在" in refused.stderr
    assert file.read_text(encoding="utf-8") == "edited by hand"


def test_all_organs_of_a_province(gongkai: Any, warehouse: Path, broken: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    year = str(broken["year"])
    said = gongkai("notice", "--region", broken["province"], "--year", year, "--warehouse", warehouse, "--output", file)
    assert "落款尚待填写" in said.stderr
    with zipfile.ZipFile(file) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("目录.csv").decode("utf-8-sig"))))
        assert {line["文件"] for line in lines} | {"目录.csv"} == set(archive.namelist())
    (own,) = (line for line in lines if line["报告编号"] == broken["report_key"])
    assert own["须更正（处）"] == str(broken["places"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "请给出报告编号"),
        (("a", "--region", "64", "--year", "2022"), 2, "请给出报告编号"),
        (("--region", "64"), 2, "请给出报告编号"),
        (("nope",), 1, "没有报告 nope"),
        (("--region", "00", "--year", "2022"), 1, "没有地区代码 00"),
        (("--organ", "nobody", "--year", "2022"), 1, "没有机关 nobody"),
    ],
)
def test_what_cannot_be_is_said(
    gongkai: Any, warehouse: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    outcome = gongkai("notice", *arguments, "--warehouse", warehouse, check=False)
    assert outcome.returncode == code
    assert said in outcome.stderr


def test_what_was_dismissed_is_demanded_no_more(
    gongkai: Any, warehouse: Path, broken: dict[str, Any], tmp_path: Path
) -> None:
    ledger = Ledger(warehouse / "ledger.sqlite")
    own = [
        finding.fingerprint
        for finding in ledger.findings()
        if (finding.report_key, finding.severity) == (broken["report_key"], "error")
    ]
    assert len(own) == broken["places"]
    options = ("--warehouse", warehouse, "--output", tmp_path / "none.docx")
    try:
        for fingerprint in own:
            ledger.give_verdict(fingerprint, "dismissed", "附注已说明", "李")
        refused = gongkai("notice", broken["report_key"], *options, check=False)
    finally:
        for fingerprint in own:
            ledger.give_verdict(fingerprint, "withdrawn", None, "李")
    assert refused.returncode == 1
    assert not (tmp_path / "none.docx").exists()
    gongkai("notice", broken["report_key"], *options)
