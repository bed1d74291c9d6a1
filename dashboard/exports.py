"""The answer behind a chart or a table as a file: `/export/<query>.csv` or `.xlsx`, with the words of the page's address."""

from __future__ import annotations

from io import BytesIO

import pyarrow as pa
import xlsxwriter
from flask import Flask, Response, abort, request

from .address import Address
from .components.tools import EXPORT
from .data.answer_cells import cell, write_csv
from .data.queries import QUERIES
from .data.release import ReleaseUnavailableError, Warehouse
from .view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_RELEASE = "读不了当前发布的数据；请运行 gongkai build。 The current release cannot be read: run gongkai build."


def register(server: Flask, warehouse: Warehouse) -> None:
    @server.get(f"{EXPORT}<name>.<any(csv, xlsx):kind>")
    def export(name: str, kind: str) -> Response:
        query = QUERIES.get(name)
        if query is None:
            abort(404)
        try:
            view = View.of(warehouse.current(), Address.parse("/", request.query_string.decode()))
            table = query.table(view.release, view.selection.parameters())
        except ReleaseUnavailableError as error:
            server.logger.error("nothing can be exported: %s", error)
            abort(Response(_NO_RELEASE, 503, content_type="text/plain; charset=utf-8"))
        output = BytesIO()
        if kind == "csv":
            write_csv(table, output)
        else:
            _write_xlsx(table, output)
        return Response(
            output.getvalue(),
            content_type="text/csv; charset=utf-8" if kind == "csv" else _XLSX,
            headers={"Content-Disposition": f'attachment; filename="gongkai-{name}.{kind}"'},
        )


def _write_xlsx(table: pa.Table, output: BytesIO) -> None:
    """Text stays text, whatever it begins with: a name from a report must not become a formula."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as book:
        sheet, bold = book.add_worksheet("gongkai"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.column_names):
            sheet.write_string(0, column, name, bold)
            for row, value in enumerate(table.column(column).to_pylist(), start=1):
                if value is not None:
                    sheet.write(row, column, cell(value))
        sheet.autofit(max_width=400)
