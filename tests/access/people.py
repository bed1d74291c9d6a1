"""Who comes to the dashboards in these tests, and their browsers."""

from __future__ import annotations

import json
from typing import Any

from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.current import Role

PASSWORD = "correct horse battery"
PEOPLE: dict[str, tuple[Role, str | None, str | None]] = {
    "viewer": ("viewer", None, None),
    "analyst": ("analyst", None, None),
    "steward": ("steward", None, None),
    "admin": ("admin", None, None),
    "beijing-viewer": ("viewer", "11", "北京市"),
    "beijing-analyst": ("analyst", "11", "北京市"),
    "beijing-steward": ("steward", "11", "北京市"),
    "yinchuan-steward": ("steward", "6401", "银川市"),
}


class Browser:
    """A person at a browser: its cookies, and the headers that browsers send of themselves."""

    def __init__(self, app: Dash, address: str = "192.0.2.7") -> None:
        self.app = app
        self.client: FlaskClient = app.server.test_client()
        self.client.environ_base.update(REMOTE_ADDR=address, HTTP_SEC_FETCH_SITE="same-origin", HTTP_ACCEPT="text/html")

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def log_in(self, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        self.client.get("/login")
        return self.client.post("/login", data={"csrf": self.token(), "name": name, "password": password, **fields})

    def token(self) -> str:
        with self.client.session_transaction() as session:
            return str(session["form"])

    def call(self, output: str, values: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Sends what Dash in the browser would; `values` are those of inputs and states by `id.property`."""
        given = {"shown.data": {}, **(values or {})}
        registered = self.app.callback_map[output]
        parts = [part.rpartition(".") for part in output.removeprefix("..").removesuffix("..").split("...")]
        outputs = [{"id": identity, "property": name} for identity, _, name in parts]

        def sent(kind: str) -> list[dict[str, Any]]:
            return [{**part, "value": given.get(f"{part['id']}.{part['property']}")} for part in registered[kind]]

        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": sent("inputs"),
            "state": sent("state"),
            "changedPropIds": [f"{part['id']}.{part['property']}" for part in registered["inputs"]],
        }
        return self.client.post("/_dash-update-component", json=body, **options)

    def page(self, path: str, search: str = "") -> str:
        """What the page at an address holds, as the router's callback answers."""
        output = next(name for name in self.app.callback_map if name.startswith("..page.children"))
        values = {"address.pathname": path, "address.search": search}
        answer = self.call(output, values)
        assert answer.status_code == 200, answer.text
        return json.dumps(answer.json, ensure_ascii=False)

    def query(self, sql: str, run_id: str = "a" * 32) -> str:
        """What the workbench answers to a statement."""
        values = {"sql-job.data": {"id": run_id, "sql": sql}, "address.pathname": "/sql", "address.search": ""}
        answer = self.call("sql-result.children", values)
        return json.dumps(answer.json, ensure_ascii=False) if answer.status_code == 200 else str(answer.status_code)
