"""Starting the server where something else already listens."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from dashboard.server import AddressUnavailableError, serve


def test_a_taken_port_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressUnavailableError, match=f"port {port} on 127.0.0.1 is taken"):
            serve(tmp_path, port=port)


def test_an_address_of_another_machine_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(AddressUnavailableError, match=r"cannot listen on 192\.0\.2\.1:8050"):
        serve(tmp_path, host="192.0.2.1")
