"""One address, one channel: whether it can be used, how much it takes, and getting a message through it.

Apprise knows the channels. Two things it leaves to us. Group robots of WeCom, DingTalk, Feishu and Lark answer HTTP 200 also when they refuse
a message, and Apprise 1.13 does not look at the answer: to those we speak ourselves. And it says only that sending failed: why, is
in its log.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from urllib.request import Request, urlopen

import apprise
from apprise.plugins.base import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot

_TIMEOUT_SECONDS = 20.0
"""Mail servers may take their time; giving up on one that has the message already sends it twice."""
_LONGEST = 15_000
"""Bytes of a message at most: below what any of the robots takes, and more than anyone reads."""
_LONGEST_OF: dict[type[NotifyBase], int] = {NotifyWeComBot: 2048}
"""Bytes, where Apprise does not know the channel's own limit."""
_ROBOTS = (NotifyWeComBot, NotifyDingTalk, NotifyFeishu, NotifyLark)
_TAKEN = ("errcode", "code", "StatusCode")
"""Robots' names for the number that is 0 when the message was taken."""
_REQUEST_LINE = re.compile(r"\burl: \S+")
"""What an HTTP error says of the address: it would show the secrets in it."""

# What it logs of an address holds its secrets; what we need of its log is captured where it is needed.
logging.getLogger("apprise").propagate = False

_ASSET = apprise.AppriseAsset(
    app_id="Gongkai",
    app_desc="公开 Gongkai",
    app_url="",
    async_mode=False,
    # Without these some channels would show pictures from the internet.
    image_url_mask="",
    image_url_logo="",
)


class UnusableAddress(Exception):
    """No channel has such an address; the message says why, without the address's secrets."""


class NotDelivered(Exception):
    """The channel did not take the message, or did not say that it has; the message says why, without secrets."""


def open_channel(address: str) -> NotifyBase:
    """The channel of an Apprise address. Nothing is sent or looked up.

    Raises:
        UnusableAddress: when Apprise cannot read it, or it is not one recipient.
    """
    if address.casefold().startswith("wecom:"):
        raise UnusableAddress(
            "Apprise 的 wecom:// 会经第三方 pushplus.plus 转发；企业微信群机器人请用 wecombot://KEY"
            " wecom:// goes through pushplus.plus, a third party; for a WeCom group robot write wecombot://KEY"
        )
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s"):
        channel = apprise.Apprise.instantiate(address, asset=_ASSET)
    if channel is None:
        scheme = address.partition("://")[0] if "://" in address else "?"
        raise UnusableAddress(f"{scheme}:// 不是 Apprise 可用的地址 not an address that Apprise can use")
    if not isinstance(channel, _ROBOTS) and len(channel) != 1:
        # A repeat after half of them were reached would reach these twice.
        raise UnusableAddress(
            "须只有一个收件人，其余各写一个地址 name one recipient, and the others in addresses of their own"
        )
    channel.notify_format = apprise.NotifyFormat.TEXT
    channel.socket_connect_timeout = max(channel.socket_connect_timeout, _TIMEOUT_SECONDS)
    channel.socket_read_timeout = max(channel.socket_read_timeout, _TIMEOUT_SECONDS)
    return channel


def longest(channel: NotifyBase) -> int:
    """How many bytes title and body may have together. Apprise counts characters: bytes are never fewer."""
    return min(channel.body_maxlen, _LONGEST_OF.get(type(channel), _LONGEST), _LONGEST)


def send(channel: NotifyBase, title: str, body: str, number: str, address: str) -> None:
    """Get a message through; returns when the channel said that it has it. E-mails and webhooks bear its `number` in the header
    Idempotency-Key, which is the same however often it is sent. `address` is the channel's, to keep its secrets out of errors.

    Raises:
        NotDelivered: when it does not, or not in time. It may have the message all the same.
    """
    try:
        if isinstance(channel, _ROBOTS):
            _ask_robot(channel, f"{title}\n{body}")
        else:
            _notify(channel, title, body, number)
    except NotDelivered as error:
        raise NotDelivered(_without_secrets(str(error), address)) from None


def _notify(channel: NotifyBase, title: str, body: str, number: str) -> None:
    if isinstance(getattr(channel, "headers", None), dict):
        channel.headers["Idempotency-Key"] = number
    with apprise.LogCapture(level=logging.DEBUG, fmt="%(levelname)s %(message)s") as log:
        try:
            if channel.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT):
                return
        except Exception as error:  # of one channel's plugin: the other channels must not wait for it
            raise NotDelivered(f"{type(error).__name__}: {error}") from error
    telling = (line.partition(" ") for line in log.getvalue().splitlines())
    reasons = [
        text for level, _, text in telling if level in ("WARNING", "ERROR") or text.startswith("Socket Exception: ")
    ]
    raise NotDelivered(" ".join(reasons) or "没有说明原因 no reason given")


def _ask_robot(channel: NotifyBase, text: str) -> None:
    address, payload = _request(channel, text)
    request = Request(address, json.dumps(payload).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
            answer = json.load(response)
    except (OSError, ValueError) as error:
        raise NotDelivered(f"{type(channel).__name__}: {error}") from error
    if not isinstance(answer, dict) or [answer[key] for key in _TAKEN if key in answer][:1] != [0]:
        raise NotDelivered(f"{type(channel).__name__}: {json.dumps(answer, ensure_ascii=False)[:300]}")


def _request(channel: NotifyBase, text: str) -> tuple[str, dict[str, Any]]:
    """Where a robot listens, and what it wants to hear."""
    match channel:
        case NotifyWeComBot():
            return channel.api_url, {"msgtype": "text", "text": {"content": text}}
        case NotifyDingTalk():
            address = channel.notify_url.format(token=channel.token)
            if channel.secret:
                timestamp, signature = channel.get_signature()
                address += "&" + urlencode({"timestamp": timestamp, "sign": unquote(signature)})
            mentioned = {"atMobiles": channel.targets, "isAtAll": False}
            return address, {"msgtype": "text", "text": {"content": text}, "at": mentioned}
        case NotifyFeishu():
            return channel.notify_url.format(token=channel.token), {"msg_type": "text", "content": {"text": text}}
        case _:
            return channel.webhook_url, {"msg_type": "text", "content": {"text": text}}


def _without_secrets(text: str, address: str) -> str:
    """What is told of an error lies in files and on screens: nothing of an address may be in it but its scheme and host."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    queried = (value for _, value in parse_qsl(parts.query))
    # A robot's token stands where others have their host.
    secrets = [parts.username, parts.password, "" if "." in host else host, *parts.path.split("/"), *queried]
    text = _REQUEST_LINE.sub("url: …", text)
    for secret in (unquote(secret) for secret in secrets if secret):
        if len(secret) >= 6 and "@" not in secret:
            text = text.replace(secret, "…")
    return text
