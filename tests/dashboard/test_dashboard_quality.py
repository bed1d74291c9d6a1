"""Data quality: the release's broken rules and the ledger's memory are one list, and a verdict is in it at once."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from pathlib import Path
from urllib.parse import unquote

import duckdb
import plotly.graph_objects as go
import pytest

from dagster_project.findings import list_rules
from dashboard.access import current
from dashboard.address import Address
from dashboard.app import create_app
from dashboard.components.verdict import verdict_panel
from dashboard.data import quality
from dashboard.data.release import Release, Warehouse
from dashboard.figures import quality as figures
from dashboard.i18n import Language, Translator
from dashboard.view import View
from expectations.ledger import Ledger


@pytest.fixture
def judged(warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the warehouse whose ledger may be written to."""
    copy = tmp_path / "warehouse"
    (copy / "releases").mkdir(parents=True)
    release = (warehouse / "current.duckdb").resolve()
    (copy / "releases" / release.name).symlink_to(release)
    (copy / "current.duckdb").symlink_to(copy / "releases" / release.name)
    shutil.copy(warehouse / "ledger.sqlite", copy)
    return copy


def _view(folder: Path, search: str = "") -> View:
    return View.of(Warehouse(folder).current(), Address.parse("/quality", search))


def test_the_list_is_what_the_release_breaks_and_the_ledger_knows(warehouse: Path) -> None:
    view = _view(warehouse, "?year=all")
    found = {row["fingerprint"]: row for row in view.rows(quality.FINDINGS)}
    known = {finding.fingerprint: finding for finding in Ledger(warehouse / "ledger.sqlite").findings()}
    assert len(found) > 50
    assert found.keys() == known.keys()
    assert all(row["status"] == known[key].status for key, row in found.items())
    (reports,) = view.release.rows("select count(*) as reports from mart_report where broken_rules > 0")
    counts = quality.Counts(**view.rows(quality.COUNTS)[0])
    assert counts.broken_reports == reports["reports"] == len(view.rows(quality.BROKEN_REPORTS)) > 0
    errors = [finding for finding in known.values() if finding.severity == "error"]
    assert counts.errors == len(errors)
    assert counts.new_errors == sum(finding.status == "new" for finding in errors)
    assert sum(row["broken_reports"] for row in view.rows(quality.REGIONS)) <= counts.broken_reports


def test_counties_are_ordered_by_their_broken_reports(warehouse: Path) -> None:
    view = _view(warehouse, "?year=all")
    rows = view.rows(quality.COUNTIES)
    stated = {
        row["county_code"]: row["reports"]
        for row in view.release.rows(
            "select county_code, count(*) filter (broken_rules > 0) as reports from mart_report"
            " where county_code is not null group by all"
        )
    }
    assert {row["county_code"]: row["broken_reports"] for row in rows} == stated
    counts = [row["broken_reports"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert all(row["reports_to_correct"] == row["broken_reports"] for row in rows), "nobody dismissed anything"
    assert all(bool(row["errors"]) == bool(row["broken_reports"]) for row in rows)


def test_a_verdict_is_seen_with_the_next_question(judged: Path) -> None:
    view = _view(judged, "?year=all")
    (report, *_) = (row for row in view.rows(quality.BROKEN_REPORTS) if row["errors"] == 1)
    key = report["report_key"]
    (finding,) = (row for row in view.rows(quality.FINDINGS) if row["report_key"] == key and row["severity"] == "error")
    ledger = Ledger(judged / "ledger.sqlite")
    ledger.give_verdict(finding["fingerprint"], "dismissed", "附件另有说明", "李四")

    again = _view(judged, "?year=all&verdict=dismissed")
    assert [row["fingerprint"] for row in view.rows(quality.FINDINGS) if row["verdict"]] == [finding["fingerprint"]]
    (row,) = again.rows(quality.FINDINGS)
    assert (row["reason"], row["given_by"]) == ("附件另有说明", "李四")
    assert view.rows(quality.COUNTS)[0]["dismissed"] == 1
    (now,) = (row for row in view.rows(quality.BROKEN_REPORTS) if row["report_key"] == key)
    assert now["to_correct"] == 0, "there is no notice to write"
    assert now["broken_rules"] == report["broken_rules"], "a verdict changes no figure"
    (rule,) = (row for row in view.rows(quality.JUDGED) if row["rule_id"] == finding["rule_id"])
    assert (rule["confirmed"], rule["dismissed"]) == (0, 1)

    ledger.give_verdict(finding["fingerprint"], "withdrawn", None, "李四")
    assert view.rows(quality.COUNTS)[0]["dismissed"] == 0


@pytest.mark.parametrize(("role", "fields"), [("analyst", []), ("steward", ["王五"]), ("admin", ["王五"])])
def test_a_steward_judges_in_their_own_name(
    warehouse: Path, tmp_path: Path, role: current.Role, fields: list[str]
) -> None:
    app = create_app(warehouse, tmp_path)
    with app.server.test_request_context("/quality"):
        current.sign_in(current.Account("王五", role))
        view = _view(warehouse, "?year=all")
        asked = view.rows(quality.FINDING, finding=view.rows(quality.FINDINGS)[0]["fingerprint"])
        panel = verdict_panel(view, quality.Finding(**asked[0]))
    names = [each for each in panel._traverse() if getattr(each, "id", "") == "verdict-name"]
    assert [each.value for each in names if each.disabled] == fields


def test_what_is_mended_is_kept_apart(judged: Path) -> None:
    view = _view(judged, "?year=all")
    standing = view.rows(quality.COUNTS)[0]
    with sqlite3.connect(judged / "ledger.sqlite") as connection:
        # Findings that the release does not show: one resolved, one that stands though nothing can be said of it now.
        connection.execute(
            "create temp table one as select * from finding where severity = 'error' order by fingerprint limit 1"
        )
        for status, place in (("resolved", "application.research"), ("persisting", "application.other")):
            connection.execute("update one set fingerprint = ?, place = ?, status = ?", [f"f{status}", place, status])
            connection.execute("insert into finding select * from one")
        connection.execute("update synced set release_id = release_id || '-again'")
    now = view.rows(quality.COUNTS)[0]
    assert now["resolved_errors"] == 1
    assert now["errors"] == standing["errors"] + 1
    assert now["broken_reports"] == standing["broken_reports"]
    (row,) = _view(judged, "?year=all&status=resolved").rows(quality.FINDINGS)
    assert row["left_value"] is None, "the release says nothing of it"
    assert len(_view(judged, "?year=all&status=all").rows(quality.FINDINGS)) == now["errors"] + now["warnings"] + 1


@pytest.mark.parametrize("ledger", ["none", "behind"])
def test_a_release_that_the_ledger_does_not_know_yet(judged: Path, ledger: str) -> None:
    path = judged / "ledger.sqlite"
    path.unlink()
    if ledger == "behind":
        assert Ledger(path).findings() == []  # which makes one
    rows = _view(judged, "?year=all").rows(quality.FINDINGS)
    assert {row["status"] for row in rows} == {"unrecorded"}
    assert path.exists() is (ledger == "behind"), "looking makes no ledger"


def test_a_release_of_one_region_shows_nothing_of_another(warehouse: Path, tmp_path: Path) -> None:
    whole = Warehouse(warehouse).current()
    part = tmp_path / "part.duckdb"
    shutil.copy(whole.path, part)
    with duckdb.connect(part) as connection:
        connection.execute("create table kept as select * from dim_organ where hash(organ_key) % 2 = 0")
        connection.execute("drop table dim_organ; alter table kept rename to dim_organ")
        kept = {key for (key,) in connection.execute("select organ_key from dim_organ").fetchall()}
    release = Release(part, warehouse / "ledger.sqlite")
    organs = {row["organ_key"] for row in release.rows("select distinct organ_key from ledger.finding")}
    assert organs <= kept
    assert len(organs) > 10
    assert organs < {row["organ_key"] for row in whole.rows("select distinct organ_key from ledger.finding")}


def test_rules_are_counted_as_on_the_command_line(warehouse: Path, tmp_path: Path) -> None:
    # The command opens a release with other options than the pages, which one process may not do with one file.
    release = shutil.copy(warehouse / "current.duckdb", tmp_path / "release.duckdb")
    table = list_rules(Ledger(warehouse / "ledger.sqlite"), release, is_short=False).table
    told = {row["rule_id"]: row for row in table.to_pylist()}
    view = _view(warehouse)
    for rule in view.rows(quality.RULES):
        same = {"passed": "pass", "broken": "fail", "unassessed": "not_assessable"}
        assert {name: rule[name] for name in same} == {
            name: told[rule["rule_id"]][theirs] for name, theirs in same.items()
        }
    assert {row["rule_id"]: row["standing"] for row in view.rows(quality.JUDGED)} == {
        rule: row["standing"] for rule, row in told.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_are_valid(warehouse: Path, language: Language) -> None:
    view, t = _view(warehouse), Translator(language)
    cells = tuple(quality.RuleYear(**row) for row in view.rows(quality.RULE_YEARS))
    field = figures.rule_years(t, cells)
    go.Figure(field)  # raises on a property that plotly does not know
    (trace,) = field["data"]
    assert sum(map(sum, trace["text"])) == sum(cell.broken_reports for cell in cells) > 0
    regions = tuple(quality.RegionCount(**row) for row in view.rows(quality.REGIONS))
    bars = figures.regions(t, regions)
    go.Figure(bars)
    assert [code for code, *_ in bars["data"][0]["customdata"]] == [each.region_code for each in regions][:20]


def test_the_notices_of_a_selection_in_one_file(warehouse: Path, tmp_path: Path) -> None:
    client = create_app(warehouse, tmp_path, "某办公室").server.test_client()
    view = _view(warehouse)
    to_correct = quality.reports_to_correct(view.rows(quality.BROKEN_REPORTS))
    answer = client.get("/notices/docx.zip")
    assert answer.status_code == 200
    assert unquote(answer.headers["Content-Disposition"]).endswith(f"整改通知书-{view.year}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
    assert len([name for name in names if name.endswith(".docx")]) == len(to_correct) > 1
    assert view.rows(quality.COUNTS)[0]["reports_to_correct"] == len(to_correct)
    assert "目录.csv" in names
    nothing = client.get("/notices/docx.zip?province=99")
    assert nothing.status_code == 404
    assert "没有须整改" in nothing.get_data(as_text=True)


def test_too_many_notices_are_refused(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.downloads.MOST_NOTICES", 1)
    answer = create_app(warehouse, tmp_path).server.test_client().get("/notices/pdf.zip")
    assert answer.status_code == 404
    assert "先选定地区" in answer.get_data(as_text=True)
