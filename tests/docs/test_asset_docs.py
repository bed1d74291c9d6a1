"""Every asset in Dagster's graph says what it is, whose it is and how it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dagster_project.dbt_project import prepare_manifest


@pytest.fixture(scope="module")
def assets() -> Mapping[str, dict[str, Any]]:
    """What each asset tells, by its key."""
    prepare_manifest()  # the definitions are made from it when they are imported
    from dagster_project.definitions import defs

    graph = defs.resolve_asset_graph()
    return {key.to_user_string(): _told(graph.get(key)) for key in graph.get_all_asset_keys()}


def _told(asset: Any) -> dict[str, Any]:
    return {
        "description": asset.description,
        "owners": asset.owners,
        "group": asset.group_name,
        "checks": asset.check_keys,
    }


def test_every_check_says_what_it_expects() -> None:
    prepare_manifest()
    from dagster_project.definitions import defs

    graph = defs.resolve_asset_graph()
    specs = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert specs
    assert sorted(str(spec.key) for spec in specs if not spec.description) == []


@pytest.mark.parametrize("part", ["description", "owners", "group", "checks"])
def test_every_asset_has(part: str, assets: Mapping[str, dict[str, Any]]) -> None:
    assert assets
    assert sorted(key for key, told in assets.items() if not told[part]) == []
