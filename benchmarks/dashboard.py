"""Twenty people clicking through every page for two minutes, against a real server: what a callback and a whole page take. Run by `make bench`.

`python -m benchmarks.dashboard WAREHOUSE [USERS] [SECONDS]` reads the current release. A person opens a page (the index page, its content, the first rows of
its tables), filters it a few times, and goes to the next; between two clicks they look for a second or two. The people are threads of this process,
on the same machine as the server, so that what they cost is in the figures; what a browser needs to draw is not.

The yardstick, in the same run and on the same release: the same callbacks' bare queries in one DuckDB connection, answers not kept.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import duckdb

from dashboard.address import Address
from dashboard.data.release import Parameter, Release, Row
from dashboard.pages.selected import PAGES
from dashboard.server import serve
from dashboard.view import View

_OTHERS = ("/report", "/dictionary", "/methods")
_LOOKING = (0.5, 2.5)
"""Seconds between two clicks."""
_IDLE = 1.0
"""Seconds after which a connection is not used again."""
_CLICKS = 3
"""Filters a person changes on a page before going on."""
_BARE = 40
"""Callbacks whose queries are asked bare."""


@dataclass
class Seen:
    """Seconds of every callback and of every whole page, and what went wrong."""

    callbacks: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Person:
    """One who opens pages and clicks, as a browser would ask for it."""

    def __init__(self, port: int, seed: int, regions: list[str], years: list[int], seen: Seen) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._last = time.monotonic()
        self._random = random.Random(seed)
        self._regions, self._years, self._seen = regions, years, seen
        self._outputs = {each["output"]: each for each in json.loads(self._ask("GET", "/_dash-dependencies"))}

    def walk(self, until: float) -> None:
        paths = [*PAGES, *_OTHERS]
        self._random.shuffle(paths)
        for path in _forever(paths):
            if time.monotonic() > until:
                return
            try:
                self._visit(path)
            except Exception as error:  # a person whose page fails goes on; the run does not pass
                self._seen.errors.append(f"{path}: {error!r}")
                self._connection.close()

    def _visit(self, path: str) -> None:
        address = Address(path)
        started = time.monotonic()
        self._ask("GET", address.href)
        answer = self._callback("..page.children...shown.data..", address, {"release.data": None}, {"shown.data": {}})
        self._tables(answer, address)
        self._seen.pages.append(time.monotonic() - started)
        self._look()
        if path not in PAGES:
            return
        shown = json.loads(answer)["response"]["shown"]["data"]
        body = next(output for output in self._outputs if output.startswith("..body.children"))
        for _ in range(_CLICKS):
            address = address.to(
                region=self._random.choice([None, *self._regions]), year=self._random.choice(self._years)
            )
            self._tables(self._callback(body, address, {}, {"shown.data": shown}), address)
            self._look()

    def _tables(self, answer: bytes, address: Address) -> None:
        """The first rows of every table in the answer."""
        for identity in _tables_in(json.loads(answer)):
            output = '{"look":["MATCH"],"rows":["MATCH"]}.getRowsResponse'
            self._post(
                {
                    "output": output,
                    "outputs": {"id": identity, "property": "getRowsResponse"},
                    "inputs": [
                        {
                            "id": identity,
                            "property": "getRowsRequest",
                            "value": {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}},
                        }
                    ],
                    "changedPropIds": [json.dumps(identity, separators=(",", ":"), sort_keys=True) + ".getRowsRequest"],
                    "state": [{"id": identity, "property": "id", "value": identity}, *_where(address)],
                }
            )

    def _callback(self, output: str, address: Address, inputs: dict[str, Any], state: dict[str, Any]) -> bytes:
        declared = self._outputs[output]
        known = {"address.pathname": address.path, "address.search": address.search, **inputs, **state}

        def given(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
            return [{**part, "value": known[f"{part['id']}.{part['property']}"]} for part in parts]

        names = output.removeprefix("..").removesuffix("..").split("...")
        return self._post(
            {
                "output": output,
                "outputs": [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names],
                "inputs": given(declared["inputs"]),
                "changedPropIds": ["address.search"],
                "state": given(declared["state"]),
            }
        )

    def _post(self, payload: Mapping[str, Any]) -> bytes:
        started = time.monotonic()
        answer = self._ask("POST", "/_dash-update-component", json.dumps(payload))
        self._seen.callbacks.append(time.monotonic() - started)
        return answer

    def _ask(self, method: str, path: str, body: str | None = None) -> bytes:
        # The server closes a connection that was idle for some seconds; a browser opens another, too.
        if time.monotonic() - self._last > _IDLE:
            self._connection.close()
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        self._last = time.monotonic()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {content[:200]!r}")
        return content

    def _look(self) -> None:
        time.sleep(self._random.uniform(*_LOOKING))


def _where(address: Address) -> list[dict[str, str]]:
    return [
        {"id": "address", "property": "pathname", "value": address.path},
        {"id": "address", "property": "search", "value": address.search},
    ]


def _forever(paths: list[str]) -> Iterator[str]:
    while True:
        yield from paths


def _tables_in(part: Any) -> Iterator[dict[str, str]]:
    if isinstance(part, dict):
        identity = part.get("id")
        if isinstance(identity, dict) and identity.keys() == {"rows", "look"}:
            yield identity
        for each in part.values():
            yield from _tables_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from _tables_in(each)


class _Recorded(Release):
    """A release that keeps what it was asked, and no answers."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, path.parents[1] / "ledger.sqlite")
        self.asked: list[tuple[str, dict[str, Parameter]]] = []

    def rows(self, sql: str, **parameters: Parameter) -> tuple[Row, ...]:
        self.asked.append((sql, parameters))
        return super().rows(sql, **parameters)


def _bare_seconds(release: Path, regions: list[str], years: list[int]) -> float:
    """Median seconds of the queries behind one body of a page."""
    recorded, choose = _Recorded(release), random.Random(1)
    seconds = []
    with recorded.cursor() as connection:
        for number in range(_BARE):
            page = list(PAGES.values())[number % len(PAGES)]
            address = Address(page.path, choose.choice([None, *regions]), choose.choice(years))
            recorded.asked.clear()
            page.body(View.of(recorded, address))
            started = time.perf_counter()
            for sql, parameters in recorded.asked:
                connection.execute(sql, parameters).fetchall()
            seconds.append(time.perf_counter() - started)
    return median(seconds)


def main(warehouse: Path, users: int = 20, seconds: int = 120) -> None:
    release = (warehouse / "current.duckdb").resolve()
    with duckdb.connect(release, read_only=True) as connection:
        (reports,) = connection.sql("select count(*) from dim_report").fetchall()[0]
        regions = [code for (code,) in connection.sql("""
            select code from (
                select province_code as code from mart_report union select city_code from mart_report
            ) where code is not null order by hash(code) limit 60
        """).fetchall()]  # fmt: skip
        years = [year for (year,) in connection.sql("select distinct year from mart_report order by 1").fetchall()]
    bare = _bare_seconds(release, regions, years)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = get_context("spawn").Process(target=serve, args=(warehouse,), kwargs={"port": port})
    server.start()
    try:
        _wait(port)
        seen = Seen()
        people = [Person(port, number, regions, years, seen) for number in range(users)]
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=person.walk, args=(until,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.join()
    print(f"dashboard: {reports:,} reports, {users} people for {seconds} s: {len(seen.errors)} errors")
    for what, times in (("callback", seen.callbacks), ("whole page", seen.pages)):
        p95 = quantiles(times, n=20)[-1]
        print(f"  {what:10} {len(times):6,}   median {1000 * median(times):6.0f} ms   p95 {1000 * p95:6.0f} ms")
    print(
        f"  bare queries of one page, median {1000 * bare:.0f} ms; a callback takes {median(seen.callbacks) / bare:.1f} of that"
    )
    for error in dict.fromkeys(seen.errors):
        print(f"  {error}")
    if seen.errors:
        raise SystemExit(1)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server does not answer")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), *map(int, sys.argv[2:]))
