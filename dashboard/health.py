"""For whoever watches the service: /healthz says that the process answers, /readyz that there is a readable release. Which one, or why
not, is told to accounts only."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from .access.current import is_signed_in
from .data.about import about
from .data.release import ReleaseUnavailableError, Warehouse


def register(server: Flask, warehouse: Warehouse) -> None:
    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        try:
            release = about(warehouse.whole())
        except ReleaseUnavailableError as error:
            return jsonify(status="unavailable", **({"reason": str(error)} if is_signed_in() else {})), 503
        return jsonify(status="ready", **({"release": release.run_id} if is_signed_in() else {})), 200
