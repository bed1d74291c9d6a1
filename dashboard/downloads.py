"""Files behind the pages: an answer as CSV or Parquet, a correction notice as docx or PDF, dbt's documentation, and Data Docs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

import duckdb
from flask import Flask, Response, abort, redirect, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from expectations.notices import Format, Issued, NothingToCorrectError, Terms, notice, notices_of_reports

from .address import Address
from .data import quality
from .data.answer_cells import write_csv, write_parquet
from .data.desk import Desk
from .data.release import Release, ReleaseUnavailableError, Warehouse
from .view import View

DBT_DOCS = "/dbt-docs"
_OWN_PARTS_ONLY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
"""dbt's page carries all its parts, scripts and styles within; it has nothing to ask of any host."""
DATA_DOCS = "/data-docs/"
_STYLES_ONLY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Data Docs are text with styles, and hold what stood in reports."""
_CONTENT_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_NO_NOTICE = (
    "读不了当前发布的数据，写不出通知书；请运行 gongkai build。 "
    "The current release cannot be read, so no notice can be written: run gongkai build."
)
MOST_NOTICES = 100
"""Notices in one zip: more would keep a reader, and the server, waiting."""
_TOO_MANY = (
    f"所选范围须整改的报告超过 {MOST_NOTICES} 份，请先选定地区再打包下载。 "
    f"More than {MOST_NOTICES} reports of the selection are to be corrected: choose a region first."
)
_EXPIRED = "结果只保留一小时，请回到页面重新运行。 Answers are kept for an hour: run the statement again."


def answer_href(run_id: str, kind: str) -> str:
    """`kind` is csv or parquet."""
    return f"/sql/answer/{run_id}.{kind}"


def notice_href(report_key: str, form: Format) -> str:
    return f"/notice/{report_key}.{form}"


def notices_href(address: Address, form: Format) -> str:
    """All notices of the address's selection, in one zip."""
    return f"/notices/{form}.zip{address.search}"


def register(server: Flask, warehouse: Warehouse, desk: Desk, office: str) -> None:
    @server.get("/sql/answer/<run_id>.<any(csv, parquet):kind>")
    def answer(run_id: str, kind: str) -> Response:
        table = desk.kept(run_id)
        if table is None:
            abort(Response(_EXPIRED, 404, content_type="text/plain; charset=utf-8"))
        output = BytesIO()
        if kind == "csv":
            write_csv(table, output)
        else:
            write_parquet(table, output)
        return Response(
            output.getvalue(),
            content_type="text/csv; charset=utf-8" if kind == "csv" else "application/vnd.apache.parquet",
            headers={"Content-Disposition": f'attachment; filename="gongkai-answer.{kind}"'},
        )

    def issue(write: Callable[[Release], Issued], content_type: str) -> Response:
        try:
            made = write(warehouse.current())
        except NothingToCorrectError as error:
            abort(Response(str(error), 404, content_type="text/plain; charset=utf-8"))
        except (ReleaseUnavailableError, duckdb.Error, sqlite3.Error) as error:
            server.logger.error("no notice can be written: %s", error)
            abort(Response(_NO_NOTICE, 503, content_type="text/plain; charset=utf-8"))
        return Response(
            made.content,
            content_type=content_type,
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.file_name)}"},
        )

    @server.get("/notice/<report_key>.<any(docx, pdf):form>")
    def correction_notice(report_key: str, form: Format) -> Response:
        def write(release: Release) -> Issued:
            with release.cursor() as connection:
                return notice(connection, report_key, Terms(office), form, warehouse.ledger().dismissed())

        return issue(write, _CONTENT_TYPES[form])

    @server.get("/notices/<any(docx, pdf):form>.zip")
    def correction_notices(form: Format) -> Response:
        def write(release: Release) -> Issued:
            view = View.of(release, Address.parse("/", request.query_string.decode()))
            keys = quality.reports_to_correct(view.rows(quality.BROKEN_REPORTS))
            if len(keys) > MOST_NOTICES:
                abort(Response(_TOO_MANY, 404, content_type="text/plain; charset=utf-8"))
            name = "-".join([*([view.region.path[-1].name] if view.region else []), str(view.year or "")]).strip("-")
            with release.cursor() as connection:
                return notices_of_reports(
                    connection, keys, name or "全部", Terms(office), form, warehouse.ledger().dismissed()
                )

        return issue(write, "application/zip")

    @server.get(DBT_DOCS)
    def dbt_docs() -> Response:
        page = warehouse.dbt_docs()
        if page is None:
            abort(404)
        return Response(
            page.read_bytes(),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": _OWN_PARTS_ONLY},
        )

    @server.get(DATA_DOCS, defaults={"page": "index.html"})
    @server.get(f"{DATA_DOCS}<path:page>")
    def data_docs(page: str) -> AnyResponse:
        folder = warehouse.data_docs()
        if folder is None:
            abort(404)
        try:
            answer: AnyResponse = send_from_directory(folder, page, max_age=0)
        except NotFound:
            if page == "index.html":
                raise
            # A page of an earlier build: the index leads to what took its place.
            return redirect(DATA_DOCS)
        answer.headers["Content-Security-Policy"] = _STYLES_ONLY
        return answer
