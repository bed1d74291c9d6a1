"""`gongkai parse` as a contract: one JSON object a line, folders walked, exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

Gongkai = Callable[..., subprocess.CompletedProcess[str]]
_FIXTURES = Path(__file__).parents[1] / "report_parser" / "fixtures"
_KEYS = {
    "source",
    "sha256",
    "media_type",
    "encoding",
    "title",
    "organ",
    "year",
    "form",
    "region",
    "period_start",
    "period_end",
    "signed_on",
    "status",
    "reason",
    "cells",
    "claims",
    "findings",
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two reports in folders of their own, a file that is none, and names that are not part of an inbox."""
    for folder, name in (("b", "values_on_the_line_below"), ("a", "trial_form_of_2019")):
        (tmp_path / folder).mkdir()
        shutil.copy(_FIXTURES / f"{name}.txt", tmp_path / folder)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "_notes.txt").write_text("note", encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("note", encoding="utf-8")
    return tmp_path


def test_one_object_a_line_for_every_file_below_a_folder(gongkai: Gongkai, inbox: Path) -> None:
    reports = [json.loads(line) for line in gongkai("parse", inbox).stdout.splitlines()]
    assert [Path(report["source"]).relative_to(inbox).as_posix() for report in reports] == [
        "empty.txt",
        "a/trial_form_of_2019.txt",
        "b/values_on_the_line_below.txt",
    ]
    assert [report["status"] for report in reports] == ["rejected", "parsed", "parsed"]
    assert all(set(report) >= _KEYS for report in reports)


def test_keys_and_values(gongkai: Gongkai) -> None:
    path = _FIXTURES / "trial_form_of_2019.txt"
    (line,) = gongkai("parse", path).stdout.splitlines()
    report = json.loads(line)
    assert report["source"] == str(path)
    assert report["sha256"] == sha256(path.read_bytes()).hexdigest()
    assert (report["media_type"], report["encoding"]) == ("text/plain", "utf-8")
    assert (report["organ"], report["year"], report["form"]) == ("吉水县农业农村局", 2019, "2019")
    assert (report["signed_on"], report["period_start"], report["period_end"]) == (
        "2020-01-20",
        "2019-01-01",
        "2019-12-31",
    )
    assert report["region"] == {
        "province": "江西省",
        "city": "吉安市",
        "county": "吉水县",
        "township": None,
        "code": "360822",
    }
    assert len(report["cells"]) == 198
    assert all(set(cell) == {"table", "row", "column", "value", "raw", "state", "line"} for cell in report["cells"])
    amount = next(cell for cell in report["cells"] if (cell["row"], cell["column"]) == ("procurement", "amount"))
    assert (amount["value"], amount["raw"], amount["state"]) == ("976.8142", "976.8142万元", "number")


def test_rejected_file_says_why(gongkai: Gongkai, inbox: Path) -> None:
    report = json.loads(gongkai("parse", inbox / "empty.txt").stdout)
    assert (report["status"], report["reason"], report["cells"]) == ("rejected", "empty", [])
    assert [set(finding) for finding in report["findings"]] == [{"code", "severity", "message"}]


def test_strict_exits_1_when_a_file_was_rejected(gongkai: Gongkai, inbox: Path) -> None:
    outcome = gongkai("parse", "--strict", inbox, check=False)
    assert outcome.returncode == 1
    assert len(outcome.stdout.splitlines()) == 3


def test_strict_exits_0_when_all_were_read(gongkai: Gongkai, inbox: Path) -> None:
    assert gongkai("parse", "--strict", inbox / "a", inbox / "b").returncode == 0


@pytest.mark.parametrize("arguments", [(), ("no-such-file.txt",), ("--no-such-option", ".")])
def test_wrong_usage_exits_2(gongkai: Gongkai, arguments: tuple[str, ...]) -> None:
    outcome = gongkai("parse", *arguments, check=False)
    assert (outcome.returncode, outcome.stdout) == (2, "")
