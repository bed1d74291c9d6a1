"""The app factory."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path

from dash import Dash
from flask_compress import Compress

from . import downloads, exports, first_answers, health, router
from .access import gate, observe
from .access.metrics import Metrics
from .access.policy import HERE_ONLY, Policy
from .data.about import about
from .data.desk import Desk
from .data.release import ReleaseUnavailableError, Warehouse
from .pages import compare, dictionary, finder, quality, selected, workbench

_INDEX = """<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    {%metas%}
    <title>{%title%}</title>
    {%favicon%}
    {%css%}
  </head>
  <body>
    {%app_entry%}
    <footer>
      {%config%}
      {%scripts%}
      {%renderer%}
    </footer>
  </body>
</html>"""


def create_app(
    warehouse: Path,
    desk_folder: Path,
    office: str = "",
    policy: Policy = HERE_ONLY,
    log_format: observe.LogFormat = "text",
    *,
    ahead: bool = False,
) -> Dash:
    """The dashboard over the releases in `warehouse`. `desk_folder` holds the answers of the workbench for a while; all
    processes share it. `office` signs the correction notices. `policy` says how people are told apart; by itself it takes requests of
    this machine only. Nothing is opened before the first request, so that it may be forked; `ahead` opens the release at once and asks what
    visitors will ask first."""
    app = Dash(
        __name__,
        title="公开",
        update_title="",
        index_string=_INDEX,
        # Everything comes from this server: a supervisor's network may reach no other.
        serve_locally=True,
        # Pages are drawn by a callback, so their parts are not there at the start.
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    # Arrow and plotly look for pandas when they first need to know whether a value is its. Two threads that did so at once would meet
    # it half loaded.
    import_module("pandas")
    # A page is six megabytes of scripts, of which an office behind a thin line should wait for a quarter.
    app.server.config.update(COMPRESS_ZSTD_LEVEL=9, COMPRESS_BR_LEVEL=5, COMPRESS_ALGORITHM=["zstd", "br", "gzip"])
    Compress(app.server)
    releases = Warehouse(warehouse)
    metrics = Metrics(lambda: _published_at(releases))
    desk = Desk(desk_folder, metrics.count_query)
    observe.register(app.server, metrics, policy, log_format)
    gate.register(app, warehouse, policy)
    app.layout = router.layout()
    router.register(app, releases)
    selected.register(app, releases)
    compare.register(app, releases)
    finder.register(app, releases)
    quality.register(app, releases)
    dictionary.register(app, releases)
    workbench.register(app, releases, desk)
    health.register(app.server, releases)
    downloads.register(app.server, releases, desk, office)
    exports.register(app.server, releases)
    # Dash serves a component's files only after it has drawn the index page once, in the same process. With several
    # processes a browser gets the page from one and asks another for the files, so each draws it before it serves.
    with app.server.test_request_context("/healthz"):
        app.server.preprocess_request()
        app.index()
    if ahead:
        first_answers.keep_ready(releases)
    return app


def _published_at(releases: Warehouse) -> datetime | None:
    try:
        return about(releases.whole()).published_at
    except ReleaseUnavailableError:
        return None
