"""Alerts in Dagster: a build tells, and is not failed by whom it cannot reach; between builds the sensor goes on."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
from published import Broken, publish
from receivers import Webhook, free_port

from dagster_project.dbt_project import prepare_manifest
from dagster_project.warehouse.paths import WarehousePaths

HEAD = 'dashboard = "http://gongkai.example.gov.cn"\n'
ROUTE = '[[route]]\nname = "甲"\nto = ["{to}"]\n'


@pytest.fixture(scope="module", autouse=True)
def _manifest() -> None:
    prepare_manifest()  # the definitions are made from it when they are imported


@pytest.fixture
def routes(paths: WarehousePaths) -> Path:
    publish(paths, 1, Broken())
    return paths.root / "alerts.toml"


def materialized(paths: WarehousePaths, routes: Path) -> dg.AssetCheckEvaluation:
    """Materialize `release/alerts` alone; returns what its check says."""
    from dagster_project.defs.build_run import BuildRun
    from dagster_project.defs.notify import alerts

    build = BuildRun(inbox=str(paths.root), warehouse=str(paths.root), keep_releases=5, alerts=str(routes))
    result = dg.materialize([alerts], resources={"build": build}, raise_on_error=True)
    assert result.success
    (evaluation,) = result.get_asset_check_evaluations()
    return evaluation


def test_a_build_tells_and_its_check_passes(paths: WarehousePaths, routes: Path, webhook: Webhook) -> None:
    routes.write_text(HEAD + ROUTE.format(to=webhook.address), encoding="utf-8")
    assert materialized(paths, routes).passed
    assert len(webhook.received) == 1


def test_without_routes_there_is_nothing_to_say(paths: WarehousePaths, routes: Path) -> None:
    assert materialized(paths, routes).passed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + ROUTE.format(to="json://127.0.0.1:PORT"), "甲 的第 1 个地址"),
        (HEAD + ROUTE.format(to="nonsense"), "alerts.toml"),
    ],
)
def test_a_broken_channel_or_routes_file_is_a_warning(
    text: str, told: str, paths: WarehousePaths, routes: Path
) -> None:
    # A port that is free now, not when the tests were collected.
    routes.write_text(text.replace("PORT", str(free_port())), encoding="utf-8")
    check = materialized(paths, routes)
    assert not check.passed
    assert check.severity is dg.AssetCheckSeverity.WARN
    assert told in (check.description or "")


def test_a_damaged_outbox_is_a_warning(paths: WarehousePaths, routes: Path, webhook: Webhook) -> None:
    routes.write_text(HEAD + ROUTE.format(to=webhook.address), encoding="utf-8")
    paths.outbox.write_bytes(b"not a database" * 100)
    assert "not a database" in (materialized(paths, routes).description or "")


def test_the_sensor_goes_on_where_a_build_left_off(
    paths: WarehousePaths, routes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dagster_project.defs.notify import alerts_due

    monkeypatch.setenv("GONGKAI_WAREHOUSE", str(paths.root))
    monkeypatch.setenv("GONGKAI_NIGHTLY", "off")
    port = free_port()
    routes.write_text(HEAD + ROUTE.format(to=f"json://127.0.0.1:{port}"), encoding="utf-8")
    assert "refused" in (alerts_due.evaluate_tick(dg.build_sensor_context()).skip_message or "")
    publish(paths, 2)
    back = Webhook(port)
    try:
        # A minute has to pass before the channel is tried again.
        assert "sent 0" in (alerts_due.evaluate_tick(dg.build_sensor_context()).skip_message or "")
        assert back.received == []
    finally:
        back.close()
