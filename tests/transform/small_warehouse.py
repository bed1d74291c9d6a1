"""A small landed database with the traps of real reports, and the dbt command line to build its marts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from made_reports import Printed, content_hash, make_report

from dagster_project.inbox import InboxFile
from dagster_project.report_parser.form import APPLICANTS, CellName
from dagster_project.report_parser.model import CellState, Claim, Report, Section, Status
from dagster_project.warehouse import landing
from dagster_project.warehouse.record_batches import to_batch
from expectations.results import write_results

DBT_DIRECTORY = Path(__file__).parents[2] / "dbt"
XIPO, BAIYANG, SONGZHUANG = "621025107", "640425100", "410308103"
BAIYANG_PROSE: dict[str, Any] = {
    "published_on": date(2024, 1, 25),
    "url": "https://www.pengyang.gov.cn/report.html",
    "claims": (
        Claim("channel", "all", Decimal(394), False, "全年主动公开394条。", 12),
        Claim("channel", "website", Decimal(34), False, "其中网站34条，微信公众号360条。", 12),
        Claim("channel", "wechat", Decimal(360), False, "其中网站34条，微信公众号360条。", 12),
        Claim("application", "received", Decimal(1), False, "收到申请1件。", 13),
    ),
    "sections": (
        Section("overview", "一、总体情况", "全年主动公开394条。其中网站34条，微信公众号360条。", 11),
        Section("problems", "五、存在的主要问题及改进情况", "公开内容不够丰富。下一步加强培训。", 90),
    ),
    "problems": "公开内容不够丰富。",
    "measures": "下一步加强培训。",
    "metadata": (("索引号", "640425-2024-1"), ("发布日期", "2024-01-25")),
}


@dataclass(frozen=True)
class Dbt:
    """The dbt command line on a database of its own; `target` is where it writes its artefacts, `project` what it builds."""

    target: Path
    project: Path = DBT_DIRECTORY

    def build(self, database: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """As the pipeline does it: the models, the rules over them, and the models that count what the rules said."""
        models = self.build_part(database, "--exclude", "tag:after_rules", *options)
        if models.returncode:
            return models
        with duckdb.connect(str(database)) as connection:
            write_results(connection)
        ratings = self.build_part(database, "--select", "tag:after_rules", *options)
        ratings.stdout = models.stdout + ratings.stdout
        return ratings

    def build_part(self, database: Path, *options: str) -> subprocess.CompletedProcess[str]:
        folders: dict[str, Path] = {
            "--project-dir": self.project,
            "--profiles-dir": self.project,
            "--target-path": self.target,
            "--log-path": self.target,
        }
        places = [str(part) for folder in folders.items() for part in folder]
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build", *places, *options]
        environment = {**os.environ, "GONGKAI_BUILD_DATABASE": str(database)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        return manifest


def applicant_row(row: str, *values: int) -> dict[CellName, Printed]:
    """A row of table 3: the applicants' values and, as a true report prints it, their sum."""
    cells: dict[CellName, Printed] = {
        ("application", row, applicant.code): value for applicant, value in zip(APPLICANTS, values, strict=True)
    }
    return {**cells, ("application", row, "total"): sum(values)}


def landed_reports() -> list[Report]:
    """Two organs with the traps of real reports, and what must not reach the facts."""
    baiyang: dict[CellName, Printed] = {
        ("disclosure", "penalties", "decisions"): 6,
        ("disclosure", "fees", "amount"): "976.81",
        **applicant_row("new_received", 0, 0, 0, 0, 0, 1),
        **applicant_row("denied_prohibited_by_law", 0, 0, 0, 0, 0, 1),
        **applicant_row("processed_total", 0, 0, 0, 0, 0, 1),
        **{
            ("dispute", "reconsideration", column): CellState.BLANK
            for column in ("upheld", "corrected", "other", "pending", "total")
        },
    }
    songzhuang: dict[CellName, Printed] = {
        ("disclosure", "licences", "change"): -35,
        **applicant_row("new_received", 3, 2, 0, 0, 0, 0),
        **applicant_row("other_handling", 3, 1, 0, 0, 0, 0),
        **applicant_row("processed_total", 3, 1, 0, 0, 0, 0),
        **applicant_row("carried_forward", 0, 1, 0, 0, 0, 0),
        ("dispute", "direct_litigation", "pending"): 1,
        ("dispute", "direct_litigation", "total"): 1,
    }
    large = applicant_row("granted", 900, 0, 0, 0, 0, 0)
    return [
        make_report("xipo", "西坡镇人民政府", 2022, region_code=XIPO),
        make_report(
            "xipo-superseded",
            "正宁县西坡镇人民政府",
            2022,
            region_code=XIPO,
            signed_on=date(2023, 1, 2),
            printed=large,
        ),
        make_report("baiyang", "彭阳县白阳镇人民政府", 2023, region_code=BAIYANG, printed=baiyang, **BAIYANG_PROSE),
        make_report("songzhuang", "送庄镇人民政府", 2019, region_code=SONGZHUANG, form="2019", printed=songzhuang),
        make_report("pictures", "正宁县财政局", 2022, region_code=XIPO[:6], form=None, status=Status.PARTIAL),
        make_report("removed", "西坡镇人民政府", 2021, region_code=XIPO, printed=large),
        make_report("甲县/2022", "西坡镇人民政府", 2022, candidates=(XIPO, "140826101")),
        make_report("乙县/2022", "西坡镇人民政府", 2022, candidates=(XIPO, "140826101")),
        *two_in_one_file(),
        make_report("unknown-year", "某镇人民政府", None, status=Status.PARTIAL),
        make_report("reject", None, None, form=None, status=Status.REJECTED, reason="empty"),
    ]


def two_in_one_file() -> list[Report]:
    """A county's collected volume: two offices' reports in one document."""
    volume = {"source": "volume.txt", "sha256": content_hash("volume")}
    return [
        make_report("first", "彭阳县教育局", 2022, region_code=BAIYANG[:6], **volume),
        make_report("second", "彭阳县水务局", 2022, region_code=BAIYANG[:6], part=2, **volume),
    ]


def land_all(database: Path, reports: list[Report]) -> None:
    """Land `reports`; "removed" has no file any more, and "baiyang", where it is one of them, lies in the inbox twice."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    names = {report.source: report.sha256 for report in reports if report.source != "removed.txt"}
    if "baiyang.txt" in names:
        names["copy of baiyang.txt"] = names["baiyang.txt"]
    contexts = {report.sha256: "" for report in reports}
    with duckdb.connect(str(database)) as connection:
        landing.create_schema(connection)
        landing.land(connection, [to_batch(reports, contexts, "test", at)])
        landing.sync_files(connection, [InboxFile(path, path, sha256, 1, at) for path, sha256 in names.items()])
