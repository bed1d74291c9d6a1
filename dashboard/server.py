"""Serving the dashboard: gunicorn with a few processes and threads."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from .access import metrics
from .access.accounts import Accounts
from .access.observe import LogFormat
from .access.policy import HERE_ONLY, Policy, is_loopback
from .access.sessions import session_key
from .app import create_app

_THREADS = 8
_LONGEST_ADDRESS = 8190
"""Bytes of a request line, gunicorn's most: a link to the workbench holds its SQL."""


class AddressUnavailableError(Exception):
    """The address cannot be listened on; the message is for the person at the terminal."""


class AccountsNeededError(Exception):
    """Others could reach the pages, and nothing would ask them who they are; the message says what to do."""


def serve(
    warehouse: Path,
    host: str = "127.0.0.1",
    port: int = 8050,
    workers: int = 2,
    office: str = "",
    policy: Policy = HERE_ONLY,
    log_format: LogFormat = "text",
) -> None:
    """Serves until interrupted, and prints the address once it answers. `warehouse` may still be without a release; `office` signs the
    correction notices. On any address but loopback people have to sign in, whatever `policy` says.

    Raises:
        AddressUnavailableError: when `host` and `port` cannot be listened on.
        AccountsNeededError: when people have to sign in and nobody can.
    """
    _check_free(host, port)
    policy = replace(policy, login=policy.login or policy.proxy_header is not None or not is_loopback(host))
    if policy.login:
        _check_accounts(warehouse, host, policy)
    _Server(warehouse, host, port, workers, office, policy, log_format).run()


def _check_accounts(warehouse: Path, host: str, policy: Policy) -> None:
    try:
        if policy.proxy_header is None and not Accounts(warehouse / "accounts.sqlite").can_anybody_log_in():
            raise AccountsNeededError(
                f"在 {host} 上提供服务须先有账号：请运行 gongkai user add 账号名 --role admin"
                " --warehouse 仓库目录，然后重新启动；或者只在 127.0.0.1 上提供服务。"
                f" serving on {host} takes an account: run `gongkai user add NAME --role admin` and start again"
            )
        session_key(warehouse)
    except OSError as error:
        raise AccountsNeededError(
            f"无法写入仓库目录 {warehouse}：{error.strerror}；登录、会话与按地区的数据都存于此，请给予写权限。"
            " the service needs to write into the warehouse folder"
        ) from error


def _check_free(host: str, port: int) -> None:
    # gunicorn itself would try for five seconds and log each failure.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = f"port {port} on {host} is taken: stop what listens there, or choose another with --port"
            else:
                message = f"cannot listen on {host}:{port}: {error.strerror or error}"
            raise AddressUnavailableError(message) from error


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(
        self, warehouse: Path, host: str, port: int, workers: int, office: str, policy: Policy, log_format: LogFormat
    ) -> None:
        self._warehouse, self._office, self._policy, self._log_format = warehouse, office, policy, log_format
        # Made before the fork: the processes share them.
        self._desk = Path(tempfile.mkdtemp(prefix="gongkai-desk-"))
        figures = Path(tempfile.mkdtemp(prefix="gongkai-metrics-"))
        os.environ[metrics.FOLDER] = str(figures)
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._settings: dict[str, Any] = {
            "bind": address,
            "workers": workers,
            "worker_class": "gthread",
            "threads": _THREADS,
            # DuckDB must be opened after the fork, in the process that uses it.
            "preload_app": False,
            "control_socket_disable": True,
            # Seconds that a running answer gets when the server is stopped; a page's open connection would hold it for longer.
            "graceful_timeout": 5,
            "limit_request_line": _LONGEST_ADDRESS,
            "loglevel": "warning",
            "when_ready": lambda _: print(f"Gongkai: http://{address}/  (Ctrl-C stops it)", flush=True),
            # DuckDB and Arrow start threads when they are imported, which is before the fork. A process that was forked cannot end
            # them: left to itself it aborts on its way out.
            "worker_exit": lambda _server, _worker: os._exit(0),
            # In the first process only: the others end within this very call of run.
            "on_exit": lambda _: [shutil.rmtree(folder, ignore_errors=True) for folder in (self._desk, figures)],
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The WSGI app, made in each worker."""
        app = create_app(self._warehouse, self._desk, self._office, self._policy, self._log_format, ahead=True)
        server: Flask = app.server
        return server
