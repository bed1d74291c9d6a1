"""The first answers of a release, asked before anybody does: what each page shows of every region in the latest year.

They are the largest questions of all, and everybody's first: without this the visitors of a morning would wait for them, and for each other.
"""

from __future__ import annotations

import logging
import time
from threading import Event, Thread

from .address import Address
from .data.paging import part
from .data.release import Release, ReleaseUnavailableError, Warehouse
from .pages.selected import PAGES, TABLES
from .view import View

_LOOK_SECONDS = 5
_PATIENCE_SECONDS = 10
"""The start waits no longer than this: gunicorn ends a process that is not there after thirty."""
_log = logging.getLogger(__name__)


def keep_ready(warehouse: Warehouse) -> None:
    """Asks them of the current release, and of each next one soon after it is published, in a thread. Returns when the current ones are there,
    or after some seconds."""
    ready = Event()
    Thread(target=_follow, args=(warehouse, ready), name="first-answers", daemon=True).start()
    ready.wait(_PATIENCE_SECONDS)


def _follow(warehouse: Warehouse, ready: Event) -> None:
    asked = None
    while True:
        if (current := warehouse.release_id()) != asked:
            asked = current
            _ask_current(warehouse)
        ready.set()
        time.sleep(_LOOK_SECONDS)


def _ask_current(warehouse: Warehouse) -> None:
    try:
        ask(warehouse.whole())
    except Exception as error:
        # Whoever opens the page is told, in its own words; the service must not fail with it.
        if not (isinstance(error, ReleaseUnavailableError) and error.missing):
            _log.exception("the first answers of the release were not to be had")


def ask(release: Release) -> None:
    """The answers are kept by the release.

    Raises:
        ReleaseUnavailableError: when it cannot answer.
    """
    for page in PAGES.values():
        page.body(View.of(release, Address(page.path)))
    selection = View.of(release, Address()).selection
    for table in TABLES.values():
        part(release, table.query, selection.parameters(), {})
