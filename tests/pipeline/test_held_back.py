"""A build that a gate holds back: the terminal, Dagster and Data Docs say why and what is still served; and the way out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_CHECKS = """
{
  assetNodes {
    assetKey { path }
    assetChecksOrError { ... on AssetChecks { checks {
      name description blocking
      executionForLatestMaterialization { runId status evaluation {
        success severity description
        metadataEntries { label ... on TextMetadataEntry { text } ... on IntMetadataEntry { intValue }
          ... on JsonMetadataEntry { jsonString } }
      } }
    } } }
  }
  runsOrError(limit: 1) { ... on Runs { results { runId status tags { key value } } } }
}
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory, gongkai: Any, sample: Path) -> dict[str, Any]:
    """What can be seen after a good build, one with half of the inbox gone, and one that accepts it."""
    folder = tmp_path_factory.mktemp("held back")
    shutil.copytree(sample, folder, symlinks=True, dirs_exist_ok=True)
    inbox, warehouse = folder / "inbox", folder / "warehouse"
    served = published(gongkai, warehouse)
    documents = sorted(inbox.rglob("*.txt"))
    for document in documents[::2]:
        document.unlink()
    held_back = gongkai("build", "--inbox", inbox, "--warehouse", warehouse, check=False)
    found = {
        "served": served,
        "documents": (len(documents), len(documents) // 2),
        "held_back": held_back,
        "status": gongkai("status", "--warehouse", warehouse).stdout,
        "json": json.loads(gongkai("status", "--json", "--warehouse", warehouse).stdout),
        "data_docs": (warehouse / "data-docs" / "index.html").read_text(encoding="utf-8"),
        "dagster": graphql(inbox, warehouse),
    }
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse, "--accept-loss")
    return {**found, "after": json.loads(gongkai("status", "--json", "--warehouse", warehouse).stdout)}


def published(gongkai: Any, warehouse: Path) -> str:
    return str(json.loads(gongkai("status", "--json", "--warehouse", warehouse).stdout)["published"])


def graphql(inbox: Path, warehouse: Path) -> dict[str, Any]:
    """What Dagster's UI asks of its server, asked by Dagster's own command line."""
    home = {"DAGSTER_HOME": warehouse / "dagster", "GONGKAI_INBOX": inbox, "GONGKAI_WAREHOUSE": warehouse}
    answer = warehouse.with_name("answer.json")
    command = [Path(sys.executable).parent / "dagster-graphql", "-m", "dagster_project.definitions", "-t", _CHECKS]
    subprocess.run(
        [*command, "--output", answer],
        check=True,
        capture_output=True,
        env=os.environ | {name: str(path) for name, path in home.items()},
    )
    data: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))["data"]
    return data


def checks(state: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """(asset, check) → what the UI knows of it."""
    return {
        ("/".join(node["assetKey"]["path"]), check["name"]): check
        for node in state["dagster"]["assetNodes"]
        for check in node["assetChecksOrError"].get("checks", [])
    }


def test_the_terminal_says_why_what_is_served_and_what_to_do(state: dict[str, Any]) -> None:
    assert state["held_back"].returncode == 1
    assert "landing gate" in state["held_back"].stdout
    [trouble] = state["json"]["troubles"]
    assert trouble["kind"] == "held_back"
    assert state["json"]["published"] == state["served"]
    last, now = state["documents"]
    for part in ("volume", f"last={last}", f"now={now}", "--accept-loss", state["served"]):
        assert part in trouble["zh"]
        assert part in state["status"]


def test_dagster_knows_every_check_with_its_description_and_last_result(state: dict[str, Any]) -> None:
    known = checks(state)
    assert len(known) > 100
    assert [key for key, check in known.items() if not check["description"]] == []
    # The first build ran all of them, the second those up to the gate; each shows its last result.
    assert [key for key, check in known.items() if check["executionForLatestMaterialization"] is None] == []


def test_dagster_shows_why_the_gate_failed_and_what_is_served(state: dict[str, Any]) -> None:
    check = checks(state)["raw/document", "volume"]
    assert check["blocking"]
    last = check["executionForLatestMaterialization"]
    [run] = state["dagster"]["runsOrError"]["results"]
    assert (last["runId"], last["status"], run["status"]) == (run["runId"], "FAILED", "FAILURE")
    evaluation = last["evaluation"]
    assert (evaluation["success"], evaluation["severity"]) == (False, "ERROR")
    last, now = state["documents"]
    assert f"last={last}" in evaluation["description"]
    told = {
        entry["label"]: entry.get("text") or entry.get("jsonString") or entry.get("intValue")
        for entry in evaluation["metadataEntries"]
    }
    assert told["served"] == state["served"]
    assert (told["checked_rows"], told["unexpected_rows"]) == (1, 1)
    assert json.loads(told["examples"])[0]["now"] == now


def test_a_run_carries_its_tags(state: dict[str, Any]) -> None:
    [run] = state["dagster"]["runsOrError"]["results"]
    tags = {tag["key"]: tag["value"] for tag in run["tags"] if tag["key"].startswith("gongkai/")}
    record = state["json"]["runs"][0]
    assert tags.pop("gongkai/release").endswith(run["runId"][:8])
    assert tags.pop("gongkai/parser_version")
    assert tags == {"gongkai/trigger": "cli", "gongkai/inbox": record["inbox"]}


def test_data_docs_show_the_build_that_was_held_back(state: dict[str, Any]) -> None:
    failed = state["data_docs"].partition("✗ 不通过 fail")[2]
    assert ">landing_volume<" in failed.partition("</tr>")[0]


def test_the_loss_is_published_once_it_is_accepted(state: dict[str, Any]) -> None:
    assert state["after"]["troubles"] == []
    assert state["after"]["published"] != state["served"]
    assert state["after"]["runs"][0]["reports"] == state["documents"][1]
