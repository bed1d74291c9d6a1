"""S12 is asked again of those reports only that something came to, went from or changed beside: with the results of asking all of them."""

from __future__ import annotations

import random

import duckdb
import pytest
from made_years import MadeYears

from expectations.results import write_results
from expectations.rules import RULES

S12 = [rule for rule in RULES if rule.rule_id == "S12"]
NOTHING = "select null::varchar as report_key where false"
CLAUSES = [f"第{word}个村民小组的公开栏由值班员更换一次" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
COUNTIES = ("621025", "640425", "621025", "640425", "621025", "640425", "411503", "410308")
"""Of eight towns three each lie in two counties; the other two have no siblings, but their own years."""


def prose(draw: random.Random) -> str:
    """A few of the clauses, so that many reports are nearly alike."""
    return "，".join(draw.sample(CLAUSES, draw.choice((16, 18, 20)))) + "。"


def corpus(draw: random.Random) -> MadeYears:
    made = MadeYears()
    for table in ("report_claim", "report_finding", "report_metadata", "report_text"):
        made.connection.execute(f"create table {table}(report_key varchar)")
    for number in range(8):
        places = (f"{CLAUSES[number][1]}山镇", "某某县", "某某市", "某某省")
        made.add_organ(f"镇{number}", f"{COUNTIES[number]}{100 + number}", places=places)
        for year in range(2019, 2022):
            made.add_report(f"镇{number}", year, sections={"overview": prose(draw)})
    return made


def change(made: MadeYears, draw: random.Random, step: int) -> str:
    """Something happens to the corpus; returns the reports that dbt would call changed, as a query."""
    connection = made.connection
    keys = [key for (key,) in connection.execute("select report_key from dim_report order by 1").fetchall()]
    key, organ = draw.choice(keys), f"镇{draw.randrange(8)}"
    match draw.choice(["new", "again", "gone", "superseded", "renamed", "place", "moved", "nothing"]):
        case "new":
            made.add_report(organ, 2030 + step, sections={"overview": prose(draw)})
            changed = [f"{organ}/{2030 + step}"]
        case "again":  # the same document in another folder, read with another prose
            connection.execute("update report_section set text = ? where report_key = ?", [prose(draw), key])
            changed = [key]
        case "gone":
            for table in ("dim_report", "report_cell", "report_section"):
                connection.execute(f"delete from {table} where report_key = ?", [key])
            changed = [key]
        case "superseded":
            connection.execute("update dim_report set is_current = not is_current where report_key = ?", [key])
            changed = [key]
        case "renamed":
            connection.execute("update dim_organ set organ_name = organ_name || '新' where organ_key = ?", [organ])
            changed = []
        case "place":
            connection.execute("update dim_organ set township_name = '公开镇' where organ_key = ?", [organ])
            changed = []
        case "moved":
            other = "case county_code when '621025' then '640425' when '640425' then '621025' else county_code end"
            connection.execute(f"update dim_organ set county_code = {other} where organ_key = ?", [organ])
            changed = []
        case _:
            changed = []
    return f"select unnest({changed}::varchar[]) as report_key"


def results(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute("from fct_rule_result order by all").fetchall()


@pytest.mark.parametrize("seed", range(2))
def test_asking_what_changed_says_what_asking_all_says(seed: int) -> None:
    draws = random.Random(seed), random.Random(seed)
    made, whole = map(corpus, draws)
    write_results(made.connection, rules=S12)
    statuses = set()
    for step in range(12):
        changed = [change(each, draw, step) for each, draw in zip((made, whole), draws, strict=True)]
        write_results(made.connection, changed[0], rules=S12)
        write_results(whole.connection, rules=S12)
        assert results(made.connection) == results(whole.connection), changed
        statuses |= {row[5] for row in results(made.connection)}
    assert statuses >= {"pass", "fail"}


def test_a_build_that_was_not_published_leaves_nothing_out() -> None:
    """Its reports count as changed once more, and its results are there already."""
    draw = random.Random(7)
    made = corpus(draw)
    write_results(made.connection, rules=S12)
    made.add_report("镇0", 2022, sections={"overview": prose(draw)})
    for _ in range(2):
        write_results(made.connection, "select '镇0/2022' as report_key", rules=S12)
    after_two = results(made.connection)
    write_results(made.connection, rules=S12)
    assert after_two == results(made.connection)


def test_only_the_reports_beside_a_new_one_are_asked() -> None:
    made = corpus(random.Random(3))
    write_results(made.connection, rules=S12)
    # Who is asked again forgets this; who is not keeps it.
    made.connection.execute("update fct_rule_result set detail = 'kept'")
    made.add_report("镇0", 2022, sections={"overview": prose(random.Random(4))})
    write_results(made.connection, "select '镇0/2022' as report_key", rules=S12)
    asked = "select distinct report_key from fct_rule_result where detail is distinct from 'kept'"
    assert made.connection.execute(asked).fetchall() == [("镇0/2022",)]
    write_results(made.connection, NOTHING, rules=S12)
    assert made.connection.execute(asked).fetchall() == [("镇0/2022",)]
