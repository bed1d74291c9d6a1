"""Serving the dashboard: gunicorn with a few processes and threads."""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from .app import create_app

_THREADS = 8
_LONGEST_ADDRESS = 8190
"""Bytes of a request line, gunicorn's most: a link to the workbench holds its SQL."""


class AddressUnavailableError(Exception):
    """The address cannot be listened on; the message is for the person at the terminal."""


def serve(warehouse: Path, host: str = "127.0.0.1", port: int = 8050, workers: int = 2, office: str = "") -> None:
    """Serves until interrupted, and prints the address once it answers. `warehouse` may still be without a release; `office` signs the
    correction notices.

    Raises AddressUnavailableError when `host` and `port` cannot be listened on.
    """
    _check_free(host, port)
    _Server(warehouse, host, port, workers, office).run()


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
    def __init__(self, warehouse: Path, host: str, port: int, workers: int, office: str) -> None:
        self._warehouse, self._office = warehouse, office
        # Made before the fork: the processes share it.
        self._desk = Path(tempfile.mkdtemp(prefix="gongkai-desk-"))
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._settings: dict[str, Any] = {
            "bind": address,
            "workers": workers,
            "worker_class": "gthread",
            "threads": _THREADS,
            # DuckDB must be opened after the fork, in the process that uses it.
            "preload_app": False,
            "control_socket_disable": True,
            "limit_request_line": _LONGEST_ADDRESS,
            "loglevel": "warning",
            "when_ready": lambda _: print(f"Gongkai: http://{address}/  (Ctrl-C stops it)", flush=True),
            # In the first process only: the others end within this very call of run.
            "on_exit": lambda _: shutil.rmtree(self._desk, ignore_errors=True),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The WSGI app, made in each worker."""
        server: Flask = create_app(self._warehouse, self._desk, self._office).server
        return server
