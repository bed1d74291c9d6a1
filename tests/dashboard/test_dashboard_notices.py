"""The correction notice as the report page offers it."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest
from flask.testing import FlaskClient
from known_release import CITY_2021, TOWN_2021
from release_builder import write_release
from test_dashboard_prose import ZH, parts

from dashboard.address import Address
from dashboard.app import create_app
from dashboard.data.release import Release
from dashboard.pages.report import render


@pytest.fixture(scope="module")
def client(small_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(small_warehouse, tmp_path_factory.mktemp("desk"), "某县人民政府办公室").server.test_client()


def hrefs(release: Release, key: str) -> list[str]:
    _, content, _ = render(ZH, release, Address(f"/report/{key}"))
    links = [getattr(part, "href", "") for component in content for part in parts(component)]
    return [href for href in links if href and href.startswith("/notice/")]


def test_a_report_with_a_broken_error_rule_offers_its_notice(release: Release) -> None:
    assert hrefs(release, TOWN_2021.key) == [f"/notice/{TOWN_2021.key}.docx", f"/notice/{TOWN_2021.key}.pdf"]
    assert hrefs(release, CITY_2021.key) == []


def test_the_link_leads_to_a_file_with_a_safe_name(client: FlaskClient) -> None:
    answer = client.get(f"/notice/{TOWN_2021.key}.docx")
    assert answer.status_code == 200
    said = unquote(answer.headers["Content-Disposition"])
    assert said == "attachment; filename*=UTF-8''整改通知书-灵武市临河镇人民政府-2021.docx"
    text = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert "左边为2，右边为1，左边比右边多1。" in text
    assert "某县人民政府办公室" in text
    assert client.get(f"/notice/{TOWN_2021.key}.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("key", [CITY_2021.key, "nope", "%27%20or%20true%20--"])
def test_nothing_to_correct_is_said_plainly(client: FlaskClient, key: str) -> None:
    answer = client.get(f"/notice/{key}.pdf")
    assert answer.status_code == 404
    assert "没有" in answer.get_data(as_text=True)


def test_a_release_without_suggestions_is_said_to_be_old(tmp_path: Path) -> None:
    import duckdb

    path = write_release(tmp_path, "old", [TOWN_2021])
    with duckdb.connect(path) as connection:
        connection.execute("drop table fct_suggestion")
    answer = create_app(tmp_path, tmp_path).server.test_client().get(f"/notice/{TOWN_2021.key}.pdf")
    assert answer.status_code == 503
    assert "gongkai build" in answer.get_data(as_text=True)
