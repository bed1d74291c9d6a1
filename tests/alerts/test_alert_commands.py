"""`gongkai alert …` as a person uses it."""

from __future__ import annotations

from typing import Any

import pytest
from published import Broken, publish
from receivers import MailServer, Webhook, free_port

from dagster_project.warehouse.paths import WarehousePaths

HEAD = 'dashboard = "http://gongkai.example.gov.cn"\n'
ROUTE = '[[route]]\nname = "{name}"\nto = ["{to}"]\n'


@pytest.fixture(autouse=True)
def _no_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """These warehouses have no runs; and nobody promised a nightly one."""
    monkeypatch.setenv("GONGKAI_NIGHTLY", "off")


def write(paths: WarehousePaths, text: str) -> None:
    paths.root.mkdir(parents=True, exist_ok=True)
    (paths.root / "alerts.toml").write_text(HEAD + text, encoding="utf-8")


def test_a_test_message_goes_through_every_channel_or_says_why_not(
    gongkai: Any, paths: WarehousePaths, webhook: Webhook, mail: MailServer
) -> None:
    dead = f"json://127.0.0.1:{free_port()}"
    operators = f'[operators]\nto = ["{mail.address}"]\nlanguage = "en"\n'
    write(paths, operators + ROUTE.format(name="甲", to=webhook.address) + ROUTE.format(name="乙", to=dead))
    outcome = gongkai("alert", "test", "--warehouse", paths.root, check=False)
    assert outcome.returncode == 1
    assert [line.split("  ")[0] for line in outcome.stdout.splitlines() if "delivered" in line] == [
        "operators 1",
        "甲 1",
    ]
    assert "refused" in outcome.stdout
    assert "测试消息：甲" in webhook.received[0].text
    assert "Test message: operators" in mail.texts[0]
    gongkai("alert", "test", "甲", "--warehouse", paths.root)
    assert len(webhook.received) == 2
    wrong = gongkai("alert", "test", "丙", "--warehouse", paths.root, check=False)
    assert wrong.returncode == 2
    assert "operators、甲、乙" in wrong.stderr


def test_a_preview_shows_what_send_then_sends_and_changes_nothing(
    gongkai: Any, paths: WarehousePaths, webhook: Webhook
) -> None:
    publish(paths, 1, Broken())
    write(
        paths,
        ROUTE.format(name="甲", to=webhook.address)
        + ROUTE.format(name="乙", to=webhook.address)
        + 'digest = "daily 08:30"',
    )
    for _ in range(2):
        shown = gongkai("alert", "preview", "--warehouse", paths.root).stdout
        assert "【公开】甲：新增 1 处" in shown
        assert "【公开】乙：新增 1 处" in shown
        assert "08:30（北京时间）发送" in shown
    assert webhook.received == []
    assert "sent: 1 " in gongkai("alert", "send", "--warehouse", paths.root).stdout
    told = webhook.received[0].text.partition("消息编号")[0].partition("\n")[2]
    assert told.strip() in shown
    shown = gongkai("alert", "preview", "--warehouse", paths.root).stdout
    assert "【公开】甲" not in shown
    assert "【公开】乙：新增 1 处" in shown


def test_what_was_not_delivered_shows_in_status_until_it_is(
    gongkai: Any, paths: WarehousePaths, webhook: Webhook
) -> None:
    publish(paths, 1, Broken())
    port = free_port()
    write(paths, ROUTE.format(name="甲", to=f"json://127.0.0.1:{port}"))
    sent = gongkai("alert", "send", "--warehouse", paths.root, check=False)
    assert sent.returncode == 1
    assert "refused" in sent.stderr
    for command in (("status",), ("alert", "status")):
        shown = "".join(gongkai(*command, "--warehouse", paths.root).stdout.split())
        assert "refused" in shown
    assert "甲 的第 1 个地址" in gongkai("status", "--json", "--warehouse", paths.root).stdout
    back = Webhook(port)
    try:
        gongkai("alert", "send", "--now", "--warehouse", paths.root)
        assert len(back.received) == 1
    finally:
        back.close()
    assert "refused" not in gongkai("alert", "status", "--warehouse", paths.root).stdout
    assert '"alerts": []' in gongkai("status", "--json", "--warehouse", paths.root).stdout


def test_waiting_messages_can_be_given_up(gongkai: Any, paths: WarehousePaths) -> None:
    publish(paths, 1, Broken())
    write(paths, ROUTE.format(name="甲", to=f"json://127.0.0.1:{free_port()}"))
    gongkai("alert", "send", "--warehouse", paths.root, check=False)
    assert "discarded: 1" in gongkai("alert", "discard", "甲", "--warehouse", paths.root).stdout
    assert gongkai("alert", "discard", "甲", "--warehouse", paths.root, check=False).returncode == 1
    assert "waiting: 0" in gongkai("alert", "send", "--warehouse", paths.root).stdout


@pytest.mark.parametrize("command", ["test", "preview", "send", "status"])
def test_without_routes_or_with_bad_ones_a_command_says_what_to_do(
    command: str, gongkai: Any, paths: WarehousePaths
) -> None:
    outcome = gongkai("alert", command, "--warehouse", paths.root, check=False)
    assert outcome.returncode == 1
    assert "docs/alerts.md" in outcome.stderr
    write(paths, ROUTE.format(name="甲", to="nonsense"))
    outcome = gongkai("alert", command, "--warehouse", paths.root, check=False)
    assert outcome.returncode == 1
    assert "甲，to 的第 1 个地址" in outcome.stderr
    assert "甲，to 的第 1 个地址" in gongkai("status", "--json", "--warehouse", paths.root).stdout
