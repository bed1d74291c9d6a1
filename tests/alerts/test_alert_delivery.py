"""A message is sent until its channel has it, and once, but for a process that dies between the two."""

from __future__ import annotations

import io
import logging
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from published import Broken, publish
from receivers import Given, MailServer, Webhook, free_port

from dagster_project.alerts import outbox
from dagster_project.alerts.channels import NotDelivered, UnusableAddress, longest, open_channel, send
from dagster_project.alerts.delivery import tell
from dagster_project.warehouse.paths import WarehousePaths

GONGKAI = Path(sys.executable).parent / "gongkai"
ROUTE = '[[route]]\nname = "{name}"\nto = [{to}]\n'
NUMBER = re.compile(r"消息编号 (\d{8}-[0-9a-f]{8})")


def route(*to: str, name: str = "全部") -> str:
    return ROUTE.format(name=name, to=", ".join(f'"{address}"' for address in to))


def test_every_channel_of_a_route_gets_the_message_once_under_one_number(
    paths: WarehousePaths, webhook: Webhook, mail: MailServer, given: Given
) -> None:
    publish(paths, 1, Broken())
    delivery = tell(paths, given(route(webhook.address, mail.address)))
    assert (delivery.sent, delivery.waiting) == (2, [])
    (received,), (mailed,) = webhook.received, mail.mails
    number = NUMBER.search(received.text)[1]  # type: ignore[index]
    assert number in mailed.get_content()
    assert received.headers["Idempotency-Key"] == mailed["Idempotency-Key"] == number
    assert mailed["Subject"] == "【公开】全部：新增 1 处"
    assert mailed.get_content_type() == "text/plain"


def test_what_a_channel_did_not_take_arrives_in_order_when_it_is_up_again(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    port = free_port()
    routes = given(route(f"json://127.0.0.1:{port}/alerts", webhook.address))
    publish(paths, 1, Broken())
    delivery = tell(paths, routes)
    assert delivery.sent == 1
    (problem,) = delivery.problems
    assert problem.startswith("全部 的第 1 个地址：")
    assert "Connection refused" in problem
    publish(paths, 2)
    assert tell(paths, routes).sent == 1  # the second message, to the channel that works
    back = Webhook(port)
    try:
        assert tell(paths, routes).sent == 0  # it failed a moment ago
        assert tell(paths, routes, at_once=True).sent == 2
        assert tell(paths, routes, at_once=True).waiting == []
        titles = ["【公开】全部：新增 1 处", "【公开】全部：消除 1 处"]
        assert [received.text.splitlines()[0] for received in back.received] == titles
        assert [received.text.splitlines()[0] for received in webhook.received] == titles
    finally:
        back.close()


def test_a_channel_that_says_no_is_asked_again_later_each_time(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    webhook.status = 500
    publish(paths, 1, Broken())
    routes = given(route(webhook.address))
    waits = []
    for _ in range(12):
        begun = datetime.now(UTC)
        (message,) = tell(paths, routes, at_once=True).waiting
        assert message.next_try_at is not None
        waits.append(round((datetime.fromisoformat(message.next_try_at) - begun) / timedelta(minutes=1)))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    webhook.status = 200
    assert tell(paths, routes, at_once=True).sent == 1


@pytest.mark.parametrize("channels", [1, 2])
def test_killed_between_sending_and_noting_it_is_sent_again_under_its_number_and_says_so(
    channels: int, paths: WarehousePaths, webhook: Webhook
) -> None:
    publish(paths, 1, Broken())
    routes = f'dashboard = "http://gongkai.example.gov.cn"\n{route(webhook.address)}'
    if channels == 2:
        routes += route(webhook.address, name="第二")
    (paths.root / "alerts.toml").write_text(routes, encoding="utf-8")
    command = [GONGKAI, "alert", "send", "--warehouse", paths.root]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as sender:
        webhook.on_request = lambda: os.kill(sender.pid, signal.SIGKILL)
        assert sender.wait() == -signal.SIGKILL
    webhook.on_request = None
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True)

    # What was under way came twice; what was only queued, once; and then nothing more.
    assert len(webhook.received) == channels + 1
    first, again = (received for received in webhook.received if "全部" in received.text)
    assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"]
    assert "可能重复" in again.text
    assert "可能重复" not in first.text
    assert sum("可能重复" in received.text for received in webhook.received) == 1


def test_two_senders_at_once_send_a_message_once(paths: WarehousePaths, webhook: Webhook, given: Given) -> None:
    routes = given(route(webhook.address))
    publish(paths, 1, Broken())
    others: list[int] = []
    webhook.on_request = lambda: others.append(tell(paths, routes).sent)
    assert tell(paths, routes).sent == 1
    assert others == [0]
    assert len(webhook.received) == 1


def test_a_message_is_not_lost_with_its_address_and_can_be_given_up(paths: WarehousePaths, given: Given) -> None:
    publish(paths, 1, Broken())
    tell(paths, given(route(f"json://127.0.0.1:{free_port()}", name="甲")))
    delivery = tell(paths, given(route(f"json://127.0.0.1:{free_port()}", name="乙")), at_once=True)
    assert any("甲 的第 1 个地址：路由文件里没有" in problem for problem in delivery.problems)
    with outbox.opened(paths.outbox) as connection:
        assert outbox.discard(connection, "甲", datetime.now(UTC)) == 1
        assert {message.receiver for message in outbox.waiting(connection)} == {"乙"}


ROBOTS: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    (
        "wecombot://KEY-12345678",
        "api_url",
        {"errcode": 0, "errmsg": "ok"},
        {"errcode": 45009, "errmsg": "api freq out of limit"},
    ),
    (
        "dingtalk://SECabc123@token123",
        "notify_url",
        {"errcode": 0, "errmsg": "ok"},
        {"errcode": 310000, "errmsg": "sign not match"},
    ),
    (
        "feishu://token-12345678",
        "notify_url",
        {"code": 0, "msg": "success"},
        {"code": 19024, "msg": "Key Words Not Found"},
    ),
    (
        "lark://token-12345678",
        "webhook_url",
        {"StatusCode": 0, "StatusMessage": "success"},
        {"code": 9499, "msg": "Bad Request"},
    ),
)


@pytest.mark.parametrize(("address", "host", "taken", "refused"), ROBOTS, ids=[robot[0][:8] for robot in ROBOTS])
def test_a_robot_that_answers_200_and_refuses_has_not_taken_the_message(
    address: str, host: str, taken: dict[str, Any], refused: dict[str, Any], webhook: Webhook
) -> None:
    channel = open_channel(address)
    setattr(channel, host, f"http://127.0.0.1:{webhook.port}/robot?token=1")  # in place of the service's own
    webhook.answer = refused
    with pytest.raises(NotDelivered, match=str(next(iter(refused.values())))):
        send(channel, "【公开】标题", "正文", "1", address)
    webhook.answer = {}
    with pytest.raises(NotDelivered):
        send(channel, "【公开】标题", "正文", "1", address)
    webhook.answer = taken
    send(channel, "【公开】标题", "正文", "1", address)
    payload = webhook.received[-1].payload
    assert "【公开】标题\n正文" in (payload.get("text") or payload["content"]).values()


def test_dingtalk_s_signature_is_escaped_once(webhook: Webhook) -> None:
    channel = open_channel("dingtalk://SECabc123@token123")
    channel.notify_url = f"http://127.0.0.1:{webhook.port}/robot?access_token={{token}}"
    webhook.answer = {"errcode": 0}
    send(channel, "标题", "正文", "1", "dingtalk://SECabc123@token123")
    assert re.search(r"access_token=token123&timestamp=\d+&sign=[A-Za-z0-9%]+%3D$", webhook.received[0].path)
    assert "%25" not in webhook.received[0].path


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1:{port}/secret-path?-token=secret-token",
        "json://name:secret-word@127.0.0.1:{port}",
        "mailto://name:secret-word@127.0.0.1:{port}/?mode=insecure&from=a@example.cn&to=b@example.cn",
    ],
)
def test_an_error_tells_why_and_no_secret(address: str) -> None:
    address = address.format(port=free_port())
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)  # as a program's own log would have it
    try:
        with pytest.raises(NotDelivered) as failure:
            send(open_channel(address), "标题", "正文", "1", address)
    finally:
        logging.getLogger().removeHandler(handler)
    assert "refused" in str(failure.value)
    assert "secret" not in str(failure.value)
    assert "secret" not in log.getvalue()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("wecom://693a91f6-7abc-4bc4-97a0-0ec2aaaaaaaa", "wecombot://"),
        ("mailto://127.0.0.1/?from=a@b.cn&to=c@d.cn,e@f.cn", "一个收件人"),
        ("nosuch://127.0.0.1/secret", "nosuch://"),
        ("nonsense", "Apprise"),
    ],
)
def test_an_address_that_would_not_do_is_refused_with_a_reason(address: str, reason: str) -> None:
    with pytest.raises(UnusableAddress, match=reason) as refusal:
        open_channel(address)
    assert "secret" not in str(refusal.value)


def test_nothing_is_longer_than_its_channel_takes() -> None:
    assert longest(open_channel("wecombot://abcdefgh")) == 2048
    assert longest(open_channel("feishu://token-12345678")) == 15_000
    assert longest(open_channel("json://127.0.0.1")) == 15_000


def test_apprise_asks_no_network_before_something_is_sent() -> None:
    """Every connection and every look-up of a name would be an error."""
    program = """
import sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(event)
sys.addaudithook(hook)
from dagster_project.alerts.channels import open_channel
for address in ("wecombot://abcdefgh", "json://example.com", "mailto://a:b@example.com"):
    print(open_channel(address).service_name)
"""
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert outcome.stdout.splitlines() == ["WeCom Bot", "JSON", "E-Mail"], outcome.stderr


def test_a_sender_that_was_killed_holds_no_lock(paths: WarehousePaths, webhook: Webhook, given: Given) -> None:
    publish(paths, 1, Broken())
    routes = given(route(webhook.address))
    program = (
        "import fcntl, sys, time; lock = open(sys.argv[1], 'a+'); fcntl.flock(lock, fcntl.LOCK_EX); print('held', flush=True);"
        " time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, paths.outbox.with_suffix(".lock")], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert tell(paths, routes).sent == 0
    holder.kill()
    holder.wait()
    assert tell(paths, routes).sent == 1
