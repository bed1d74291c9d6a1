"""How people are told apart: what the operator set, and what follows of it for a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from flask import request

_LOOPBACK_NAME = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")

Network = IPv4Network | IPv6Network
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.1"), ip_network("::1"))


@dataclass(frozen=True)
class Policy:
    """`login`: whether people have to say who they are; without it everybody is `LOCAL`. `proxy_header` names the header in which a
    reverse proxy gives the account; there is no login page then. It and the other headers of a proxy are believed when they come from
    one of `proxies`. `session_hours`: how long a session lasts that nobody uses. `secure_cookie`: send the cookie over TLS only."""

    login: bool = False
    proxy_header: str | None = None
    proxies: tuple[Network, ...] = LOOPBACK
    session_hours: int = 12
    secure_cookie: bool = False


HERE_ONLY = Policy()
"""Nobody signs in, and nobody but this machine is answered."""


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine can reach what listens on `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def comes_from_here() -> bool:
    """Whether the request was made on this machine, by its own name, and not passed on by a proxy. A page of another site may send a
    browser here under a name of its own, and a proxy lets in others: neither is somebody at this machine."""
    return (
        is_loopback(request.remote_addr or "")
        and _LOOPBACK_NAME.fullmatch(request.host) is not None
        and not any(name in request.headers for name in _FORWARDED)
    )


def comes_from_proxy(policy: Policy) -> bool:
    """Whether the next neighbour is one of the proxies whose headers are believed."""
    return _is_in(request.remote_addr, policy.proxies)


def client_address(policy: Policy) -> str:
    """The address of whoever asks: the last one in X-Forwarded-For that is no proxy of ours, where a proxy of ours passed it on."""
    address = request.remote_addr or ""
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    while _is_in(address, policy.proxies) and passed_on and (before := passed_on.pop().strip()):
        address = before
    return address


def is_encrypted(policy: Policy) -> bool:
    """Whether the browser speaks TLS, to this server or to a proxy of ours."""
    return request.is_secure or (comes_from_proxy(policy) and request.headers.get("X-Forwarded-Proto") == "https")


def _is_in(address: str | None, networks: tuple[Network, ...]) -> bool:
    try:
        return any(ip_address(address or "") in network for network in networks)
    except ValueError:
        return False
