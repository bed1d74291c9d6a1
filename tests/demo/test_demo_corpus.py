"""What the sample corpus promises: determinism, exact numbers, complete and consistent gold."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dagster_project.demo.corpus import GOLD_FILE, sample_files, write_corpus
from dagster_project.demo.filing import YEARS
from dagster_project.demo.identities import broken_rules
from dagster_project.demo.layouts.registry import COMMON
from dagster_project.demo.printing import PrintedCell
from dagster_project.report_parser.form import FORMS, CellName, expected_version
from dagster_project.report_parser.gazetteer import PSEUDO_CITIES, default_gazetteer
from dagster_project.report_parser.model import CellState
from dagster_project.report_parser.sample import SAMPLE_NOTICE
from expectations.rules import RULES

REPORTS = 1_500
IDENTITIES = {"H1", "H2", "H3", "H4", "H5"}


@dataclass(frozen=True)
class SampleReport:
    """A file of plain text, which holds one report."""

    path: str
    text: str
    gold: dict[str, Any]


def sample_reports(reports: int, seed: int) -> Iterator[SampleReport]:
    for file in sample_files(reports, seed):
        (gold,) = file.gold
        yield SampleReport(file.path, file.data.decode(), gold)


@pytest.fixture(scope="module")
def corpus() -> list[SampleReport]:
    return list(sample_reports(REPORTS, seed=5))


def by_issuer(corpus: list[SampleReport]) -> dict[tuple[str, str], dict[int, dict[str, Any]]]:
    issuers: dict[tuple[str, str], dict[int, dict[str, Any]]] = defaultdict(dict)
    for report in corpus:
        gold = report.gold
        issuers[gold["region"]["code"], gold["organ"]][gold["year"]] = gold
    return issuers


def printed(gold: dict[str, Any]) -> dict[CellName, PrintedCell]:
    return {
        (cell["table"], cell["row"], cell["column"]): PrintedCell(
            "", None if cell["value"] is None else Decimal(cell["value"]), CellState(cell["state"])
        )
        for cell in gold["cells"]
    }


def values(gold: dict[str, Any]) -> dict[CellName, Decimal]:
    """The cells as numbers, blanks and dashes as the zeros that they stand for here."""
    return {name: Decimal(cell.value or 0) for name, cell in printed(gold).items()}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_corpus(tmp_path / name, 60, seed=3)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("first", "second")
    )
    assert first == second


def test_another_seed_writes_another_corpus() -> None:
    assert [r.text for r in sample_reports(20, seed=1)] != [r.text for r in sample_reports(20, seed=2)]


@pytest.mark.parametrize("reports", [0, 1, 50])
def test_writes_exactly_as_many_reports_as_asked_for(tmp_path: Path, reports: int) -> None:
    progress: list[int] = []
    write_corpus(tmp_path, reports, seed=9, on_progress=progress.append)
    gold = [json.loads(line) for line in (tmp_path / GOLD_FILE).read_text(encoding="utf-8").splitlines()]
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")}
    assert len(written) == reports
    assert {line["source"] for line in gold} == written
    assert {(line["part"], line["format"], line["encoding"]) for line in gold} <= {(1, "txt", "utf-8")}
    assert progress == list(range(1, reports + 1))


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("旧文件", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_corpus(tmp_path, 1, seed=1)


def test_no_two_reports_share_a_path(corpus: list[SampleReport]) -> None:
    assert len({report.path for report in corpus}) == REPORTS


def test_gold_lists_every_cell_of_the_form_once_in_order(corpus: list[SampleReport]) -> None:
    for report in corpus:
        names = [(cell["table"], cell["row"], cell["column"]) for cell in report.gold["cells"]]
        assert names == list(FORMS[report.gold["form"]].cells())


def test_a_cell_has_a_value_when_it_is_a_number_and_only_then(corpus: list[SampleReport]) -> None:
    for report in corpus:
        for cell in report.gold["cells"]:
            assert (cell["value"] is not None) == (cell["state"] == "number")


def test_identities_hold_except_where_planted(corpus: list[SampleReport]) -> None:
    for report in corpus:
        broken = [
            {"rule_id": b.rule_id, "place": b.place} for b in broken_rules(report.gold["form"], printed(report.gold))
        ]
        assert broken == [slip for slip in report.gold["planted"] if slip["rule_id"] in IDENTITIES], report.path


def test_every_rule_is_broken_in_a_few_reports_in_a_hundred(corpus: list[SampleReport]) -> None:
    broken: Counter[str] = Counter()
    for report in corpus:
        rules = {slip["rule_id"] for slip in report.gold["planted"]}
        broken.update(rules)
        broken["any identity"] += not rules.isdisjoint(IDENTITIES)
    assert 0.015 * REPORTS < broken["any identity"] < 0.045 * REPORTS
    assert {rule.rule_id for rule in RULES} <= set(broken)
    assert max(broken.values()) < 0.1 * REPORTS


def test_stocks_and_pending_applications_go_over_into_the_next_year(corpus: list[SampleReport]) -> None:
    compared = 0
    for years in by_issuer(corpus).values():
        for year, gold in years.items():
            before = years.get(year - 1)
            if before is None or gold["planted"] or before["planted"] or before["form"] != gold["form"]:
                continue
            now, then = values(gold), values(before)
            for (table, row, column), value in then.items():
                if (table, row) == ("application", "carried_forward"):
                    assert now[table, "carried_in", column] == value
                if column == "in_force":
                    assert now[table, row, column] == value + now[table, row, "issued"] - now[table, row, "repealed"]
                if column == "previous_items":
                    assert now[table, row, column] == value + then[table, row, "change"]
            compared += 1
    assert compared > 500


def test_both_forms_every_layout_and_every_state_occur(corpus: list[SampleReport]) -> None:
    assert {report.gold["form"] for report in corpus} == {"2019", "2021"}
    assert {report.gold["layout"] for report in corpus} == {layout.name for layout in COMMON}
    assert {cell["state"] for report in corpus for cell in report.gold["cells"]} == {
        "number",
        "blank",
        "dash",
        "absent",
    }


def test_a_few_issuers_use_the_form_of_another_year(corpus: list[SampleReport]) -> None:
    wrong = [r.gold for r in corpus if r.gold["form"] != expected_version(r.gold["year"])]
    assert 0 < len(wrong) < 0.03 * REPORTS
    assert {gold["form"] for gold in wrong} == {"2019"}


def test_blanks_stand_only_where_their_position_is_certain(corpus: list[SampleReport]) -> None:
    certain = {layout.name for layout in COMMON if layout.blanks_are_certain}
    with_blanks = {r.gold["layout"] for r in corpus if any(cell["state"] == "blank" for cell in r.gold["cells"])}
    assert with_blanks
    assert with_blanks <= certain


def test_some_issuers_miss_years_and_some_have_stopped(corpus: list[SampleReport]) -> None:
    # The last issuer may be cut short by the count.
    filed = [set(years) for years in list(by_issuer(corpus).values())[:-1]]
    assert any(YEARS[-1] not in years for years in filed)
    assert any(YEARS[-1] in years and len(years) < len(YEARS) for years in filed)
    assert sum(len(years) == len(YEARS) for years in filed) > 0.6 * len(filed)


def test_issuers_spread_over_all_provinces_and_levels(corpus: list[SampleReport]) -> None:
    codes = Counter(len(code) for code, _ in by_issuer(corpus))
    assert len({report.gold["region"]["province"] for report in corpus}) == 31
    assert codes[9] > codes[6] > codes[4] > codes[2] > 0


def test_every_report_tells_its_place_from_its_namesakes(corpus: list[SampleReport]) -> None:
    bearers = Counter(default_gazetteer().names.values())
    for report in corpus:
        region = report.gold["region"]
        places = [region[level] for level in ("township", "county", "city", "province") if region[level]]
        own, *above = places
        assert own in report.text, report.path
        assert bearers[own] == 1 or above[0] in report.text, report.path
        assert region["city"] not in PSEUDO_CITIES


def test_every_claim_stands_in_the_text(corpus: list[SampleReport]) -> None:
    kinds = set()
    for report in corpus:
        flat = "".join(report.text.split())
        for claim in report.gold["claims"]:
            kinds.add((claim["kind"], claim["code"]))
            assert claim["kind"] == "none" or f"{claim['value']}条" in flat or f"{claim['value']}件" in flat, (
                report.path
            )
        channels = {c["code"]: c["value"] for c in report.gold["claims"] if c["kind"] == "channel"}
        assert channels.pop("all") == sum(channels.values())
        for code in ("received", "carried_in"):
            stated = [c["value"] for c in report.gold["claims"] if (c["kind"], c["code"]) == ("application", code)]
            assert len(stated) == 1 or ("none", "application_received") in {
                (c["kind"], c["code"]) for c in report.gold["claims"]
            }
    assert {kind for kind, _ in kinds} == {"channel", "application", "dispute", "none"}


def test_townships_are_zero_heavy_and_counties_are_not(corpus: list[SampleReport]) -> None:
    received: dict[int, list[Decimal]] = defaultdict(list)
    for report in corpus:
        if not report.gold["planted"] and report.gold["organ"].endswith("人民政府"):
            cells = values(report.gold)
            received[len(report.gold["region"]["code"])].append(cells["application", "new_received", "total"])
    assert sum(count == 0 for count in received[9]) > 0.6 * len(received[9])
    assert min(received[6]) > 30
    assert min(received[4]) > 200


def test_every_report_says_that_it_is_a_sample(corpus: list[SampleReport]) -> None:
    assert all(report.text.endswith(f"\n{SAMPLE_NOTICE}\n") for report in corpus)


def test_reports_print_what_gold_says_of_them(corpus: list[SampleReport]) -> None:
    for report in corpus:
        flat = "".join(report.text.split())
        assert report.gold["organ"] in flat
        assert f"{report.gold['year']}年" in flat
        for table, row, column in (("disclosure", "licences", "decisions"), ("application", "new_received", "total")):
            value = values(report.gold)[table, row, column]
            assert f"{value}" in flat or f"{value:,}" in flat or value <= 0
