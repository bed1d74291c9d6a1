"""What the server tells of its work: a line of JSON for each request, and figures for Prometheus at /metrics.

Neither holds what was asked for: paths without their query (an address may hold SQL), accounts by name.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Literal

from flask import Flask, Response, g, request

from . import current
from .metrics import Metrics
from .policy import Policy, client_address, comes_from_proxy

LogFormat = Literal["text", "json"]

_REQUEST_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)


def register(server: Flask, metrics: Metrics, policy: Policy, log_format: LogFormat) -> None:
    """Before everything else, so that the time counts from here."""
    if log_format == "json":
        _log_as_json(server)

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "") if comes_from_proxy(policy) else ""
        g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)

    @server.after_request
    def end(answer: Response) -> Response:
        answer.headers["X-Request-ID"] = g.request_id
        seconds = time.perf_counter() - g.began
        metrics.count_request(request, answer.status_code, seconds)
        if log_format == "json":
            _print(
                {
                    "time": _now(),
                    "kind": "request",
                    "method": request.method,
                    "path": request.path,
                    "status": answer.status_code,
                    "ms": round(seconds * 1000, 1),
                    "account": current.account().name if current.is_signed_in() else None,
                    "address": client_address(policy),
                    "request_id": g.request_id,
                }
            )
        return answer

    @server.get("/metrics")
    def figures() -> Response:
        return Response(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"time": _now(), "kind": "log", "level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _log_as_json(server: Flask) -> None:
    """What the app and gunicorn have to say besides: one shape for whoever collects it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_AsJson())
    for logger in (server.logger, logging.getLogger("gunicorn.error")):
        logger.handlers = [handler]
        logger.propagate = False


def _print(line: dict[str, object]) -> None:
    # In one piece: several processes write here.
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stderr.flush()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
