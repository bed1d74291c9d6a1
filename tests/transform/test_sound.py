"""The dbt test `sound`: it says what is amiss, and of a sound model nothing."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from small_warehouse import DBT_DIRECTORY, Dbt

SEED = """\
code,kind,parent
a,town,x
a,town,x
b,hamlet,x
c,,x
d,town,
e,town,nowhere
"""
PARENTS = "code\nx\n"
PROPERTIES = """\
seeds:
  - name: place
    data_tests:
      - sound:
          name: place_is_sound
          arguments:
            unique: [[code], [code, kind]]
            not_null: [kind]
            one_of:
              kind: [town, street]
            known:
              - {columns: [parent], to: ref('parent'), fields: [code]}
  - name: parent
    data_tests:
      - sound: {name: parent_is_sound, arguments: {unique: [[code]], not_null: [code]}}
"""
PROJECT = """\
name: tried
version: "1.0.0"
profile: gongkai
flags: {send_anonymous_usage_stats: false}
"""


def test_every_expectation_that_does_not_hold_is_a_row(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "seeds").mkdir(parents=True)
    (project / "tests").mkdir()
    (project / "dbt_project.yml").write_text(PROJECT)
    for name, text in {"place.csv": SEED, "parent.csv": PARENTS, "all.yml": PROPERTIES}.items():
        (project / "seeds" / name).write_text(text)
    for part in ("macros", "profiles.yml", "tests/generic"):
        (project / part).symlink_to(DBT_DIRECTORY / part)
    database = tmp_path / "build.duckdb"
    outcome = Dbt(tmp_path / "target", project).build_part(database, "--store-failures")
    failed = dict(re.findall(r" (PASS|FAIL) (?:\d+ )?(\w+_is_sound)", outcome.stdout))
    assert failed == {"FAIL": "place_is_sound", "PASS": "parent_is_sound"}, outcome.stdout
    with duckdb.connect(str(database)) as connection:
        found = connection.sql("from dbt_test__audit.place_is_sound order by all").fetchall()
    assert found == [
        ("known parent", "nowhere"),
        ("not_null kind", None),
        ("one_of kind", "hamlet"),
        ("unique code", "a"),
        ("unique code, kind", "a, town"),
    ]
