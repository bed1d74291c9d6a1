"""What every answer tells the browser it may do. Nothing here leads to another host."""

from __future__ import annotations

from functools import cache

from dash import Dash
from flask import Flask, Response, request

_CODE = ("/_dash-component-suites/", "/assets/", "/login/style.css", "/static/")
"""Files of the program, the same for everybody: a browser may keep them. All other answers hold data, and are not kept."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def register(app: Dash) -> None:
    @cache
    def content_security_policy() -> str:
        # At the first answer, when every callback with a script of its own is registered.
        return "; ".join(
            (
                "default-src 'none'",
                # Scripts of this server, and those that Dash writes into its page: known by their hashes.
                f"script-src 'self' {' '.join(app.csp_hashes())}",
                # Charts, tables and selects write styles while they draw.
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                "connect-src 'self'",
                "worker-src 'self' blob:",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        )

    server: Flask = app.server

    @server.after_request
    def protect(answer: Response) -> Response:
        for name, value in _HEADERS.items():
            answer.headers[name] = value
        # A page with a stricter policy, or another, has set its own.
        answer.headers.setdefault("Content-Security-Policy", content_security_policy())
        if not request.path.startswith(_CODE):
            answer.headers["Cache-Control"] = "private, no-store"
        return answer
