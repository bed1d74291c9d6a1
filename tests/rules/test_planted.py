"""What the rules say of a generated corpus, held against what its gold file says was planted, in both directions.

It covers whatever rules there are: a rule without a plant fails here, and so does a plant that no rule finds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from dagster_project.demo.corpus import GOLD_FILE
from expectations.rules import RULES, Rule

Places = dict[str, set[tuple[str, int, str]]]
"""By rule: source and part of a report, and a place in it."""

_HARD = [rule for rule in RULES if rule.rule_id.startswith("H")]
_SOFT = [rule for rule in RULES if rule.rule_id.startswith("S")]
_FALSE_ALARMS = 0.005
"""Reports in which a soft rule may see more than was planted, as a share of all."""


@pytest.fixture(scope="module")
def gold(sample_corpus: Path) -> list[dict[str, object]]:
    lines = (sample_corpus / GOLD_FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def planted(gold: list[dict[str, object]]) -> Places:
    places: Places = defaultdict(set)
    for line in gold:
        for slip in line["planted"]:  # type: ignore[attr-defined]
            places[slip["rule_id"]].add((line["source"], line["part"], slip["place"]))  # type: ignore[arg-type]
    return places


@pytest.fixture(scope="module")
def said(warehouse: Path) -> dict[str, Places]:
    """By status, what the release says."""
    by_status: dict[str, Places] = defaultdict(lambda: defaultdict(set))
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        rows = connection.sql(
            "select result.status, rule_id, source, part, place from fct_rule_result as result"
            " inner join dim_report using (report_key)"
        ).fetchall()
    for status, rule_id, source, part, place in rows:
        by_status[status][rule_id].add((source, part, place))
    return by_status


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_every_rule_has_something_to_find_and_something_to_pass(
    rule: Rule, planted: Places, said: dict[str, Places]
) -> None:
    assert planted[rule.rule_id]
    assert said["pass"][rule.rule_id]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_everything_planted_is_found_by_its_rule_at_its_place(
    rule: Rule, planted: Places, said: dict[str, Places]
) -> None:
    assert planted[rule.rule_id] - said["fail"][rule.rule_id] == set()


@pytest.mark.parametrize("rule", _HARD, ids=lambda rule: rule.rule_id)
def test_a_hard_rule_finds_nothing_else(rule: Rule, planted: Places, said: dict[str, Places]) -> None:
    assert said["fail"][rule.rule_id] - planted[rule.rule_id] == set()


@pytest.mark.parametrize("rule", _SOFT, ids=lambda rule: rule.rule_id)
def test_a_soft_rule_finds_hardly_anything_else(
    rule: Rule, planted: Places, said: dict[str, Places], gold: list[dict[str, object]]
) -> None:
    accused = {(source, part) for source, part, _ in said["fail"][rule.rule_id] - planted[rule.rule_id]}
    assert len(accused) <= _FALSE_ALARMS * len(gold), sorted(accused)
