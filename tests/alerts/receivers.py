"""Receivers that really listen: a mail server and a webhook, on ports of this machine."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Given = Callable[..., Any]
"""The fixture `given`: text of a routes file, and the environment's variables → routes."""


@dataclass
class Received:
    """A request to the webhook."""

    path: str
    headers: dict[str, str]
    payload: dict[str, Any]

    @property
    def text(self) -> str:
        """Title and body, whoever sent it."""
        return f"{self.payload.get('title', '')}\n{self.payload.get('message', '')}"


@dataclass
class Webhook:
    """Takes what is posted and answers `status` and `answer`. `on_request` runs when a request is in and before it is answered."""

    port: int = 0
    status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    on_request: Callable[[], None] | None = None
    received: list[Received] = field(default_factory=list)

    def __post_init__(self) -> None:
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                webhook.received.append(Received(self.path, dict(self.headers), payload))
                if webhook.on_request:
                    webhook.on_request()
                answer = json.dumps(webhook.answer).encode()
                self.send_response(webhook.status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Nothing: the tests' output is no access log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/alerts"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class MailServer:
    """Takes mail over SMTP."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        mails = self.mails

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say("220 ready")
                while line := self.rfile.readline():
                    command = line.strip().upper()
                    if command == b"DATA":
                        self._say("354 go on")
                        content = b""
                        while (part := self.rfile.readline()) != b".\r\n":
                            content += part
                        mails.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
                        self._say("250 taken")
                    elif command == b"QUIT":
                        self._say("221 bye")
                        return
                    else:
                        self._say("250 ok")

            def _say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}/?mode=insecure&from=gongkai@example.gov.cn&to=office@example.gov.cn"

    @property
    def texts(self) -> list[str]:
        """Subject and text of each mail."""
        return [f"{mail['Subject']}\n{mail.get_content()}" for mail in self.mails]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
