"""The prompt of `gongkai sql`: several lines up to a semicolon, history, completion, and commands that begin with a dot."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import has_completions
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from rich.console import Console

from dagster_project.query import AT_THE_TERMINAL, FORMATS, Format, write_answer
from dashboard.data.sandbox import Answer, Refused, run_sql

HELP = """\
输入一条查询，以 ; 结束；可分多行书写。 Type a query; it ends with a semicolon and may take several lines.
  .tables          有哪些表 list the tables
  .schema TABLE    一张表的各列 columns of a table
  .format FORMAT   输出格式 output format: table、csv、json
  .help            本说明 this text
  .quit            退出（或 Ctrl-D）leave
Tab 补全 completes · ↑↓ 历史 history · Ctrl-C 取消查询或清空输入 cancels · 只读 read-only"""
_COMMANDS = (".tables", ".schema", ".format", ".help", ".quit")
_COLUMNS = """
    select table_name, column_name, data_type, comment from duckdb_columns()
    where not internal and schema_name = 'main' order by table_name, column_index
"""
_TABLES = """
    select
        table_name as "表 table",
        estimated_size as "行 rows",
        nullif(regexp_extract(replace(comment, chr(10), ' '), 'Grain: (.*)$', 1), '') as "粒度 grain"
    from duckdb_tables()
    where schema_name = 'main'
    order by table_name
"""
_KEYWORDS = """
    select all and any_value as asc between by case cast count cross desc describe distinct else end except exists explain
    extract false filter from full group having in inner intersect is join lateral left like limit not null offset on or
    order outer over partition pivot qualify right round row_number select sum summarize then true union unpivot using
    values when where window with
""".split()  # noqa: SIM905
_TABLE_FOLLOWS = re.compile(r"\b(from|join|describe|summarize|table)\s+\w*$|^\.schema\s+\w*$", re.IGNORECASE)
_WORD = re.compile(r"(?:(\w+)\.)?(\w*)$")


@dataclass(frozen=True)
class Column:
    name: str
    data_type: str
    comment: str


Tables = Mapping[str, Sequence[Column]]
"""The columns of each table of a release."""


class SqlCompleter(Completer):
    """Keywords, tables and columns; after `from` tables only, after `name.` the columns of that table or alias."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        before = document.text_before_cursor
        owner, word = _WORD.search(before).groups()  # type: ignore[union-attr]
        for text, told in self._candidates(document.text, before, owner):
            if text.startswith(word.lower()) and text != word:
                yield Completion(text, start_position=-len(word), display_meta=told)

    def _candidates(self, text: str, before: str, owner: str | None) -> Iterable[tuple[str, str]]:
        if before.startswith(".") and " " not in before:
            return [(command.removeprefix("."), "") for command in _COMMANDS]
        if before.startswith(".format"):
            return [(form, "") for form in FORMATS]
        if owner is not None:
            return [(column.name, column.data_type) for column in self._columns_of(owner, text)]
        tables = [(table, "表 table") for table in self.tables]
        if _TABLE_FOLLOWS.search(before):
            return tables
        named = [table for table in self.tables if re.search(rf"\b{table}\b", text)]
        columns = {column.name: column.data_type for table in named or self.tables for column in self.tables[table]}
        return [*sorted(columns.items()), *tables, *((word, "") for word in _KEYWORDS)]

    def _columns_of(self, owner: str, text: str) -> Sequence[Column]:
        if owner in self.tables:
            return self.tables[owner]
        named = re.findall(rf"\b(\w+)\s+(?:as\s+)?{owner}\b", text, re.IGNORECASE)
        return next((self.tables[table] for table in named if table in self.tables), ())


class Prompt:
    """One session at the terminal.

    `published` gives the release to ask, anew for every statement, so a session follows publications.

    Raises:
        Refused: when the release cannot be read.
    """

    def __init__(self, published: Callable[[], Path], history: Path) -> None:
        self._published = published
        self._release = published()
        self._completer = SqlCompleter(_columns(self._release))
        self._format: Format = "table"
        self._console = Console(stderr=True)
        self._session: PromptSession[str] = PromptSession(
            "gongkai> ",
            multiline=True,
            prompt_continuation="     ... ",
            completer=self._completer,
            complete_while_typing=False,
            history=_history(history),
            key_bindings=_keys(),
            enable_history_search=True,
        )

    def run(self) -> None:
        """Ask and answer until `.quit` or Ctrl-D."""
        self._console.print(
            f"公开 Gongkai · 版本 release {self._release.stem} · 只读 read-only · 语句以 ; 结束，.help 查看帮助",
            style="dim",
            highlight=False,
        )
        while True:
            try:
                text = self._session.prompt().strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if text == ".quit":
                return
            if text.startswith("."):
                self._command(*text.rstrip(";").split())
            elif text.strip("; \n"):
                self._ask(text)

    def _command(self, name: str, *words: str) -> None:
        match name, words:
            case ".help", ():
                self._console.print(HELP, highlight=False)
            case ".tables", ():
                self._ask(_TABLES, "table")
            case ".schema", (table,) if table in self._completer.tables:
                self._ask(
                    'select column_name as "列 column", data_type as "类型 type", comment as "说明 description" '
                    f"from duckdb_columns() where not internal and table_name = '{table}' order by column_index",
                    "table",
                )
            case ".schema", (table,):
                self._fail(f"没有表 {table}；.tables 列出所有的表。")
            case ".format", ("table" | "csv" | "json" as form,):
                self._format = form
                self._console.print(f"输出格式 format: {form}", style="dim")
            case ".format", ("parquet",):
                self._fail('parquet 是二进制格式，请用 gongkai sql "…" --format parquet --output FILE。')
            case _:
                self._fail(f"不认识 {' '.join((name, *words))}；.help 查看可用的命令。")

    def _ask(self, sql: str, form: Format | None = None) -> None:
        try:
            self._follow()
            with self._console.status("查询中，Ctrl-C 取消 running, Ctrl-C cancels …"):
                answer = run_sql(self._release, sql, AT_THE_TERMINAL)
        except Refused as error:
            self._fail(str(error))
        except KeyboardInterrupt:
            self._fail("查询已取消。")
        else:
            self._show(answer, form or self._format)

    def _show(self, answer: Answer, form: Format) -> None:
        sys.stdout.flush()
        write_answer(answer, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()

    def _follow(self) -> None:
        """Move on to the release that is published now."""
        release = self._published()
        if release != self._release:
            self._release = release
            self._completer.tables = _columns(release)
            self._console.print(f"已有新版本 now on release {release.stem}", style="dim", highlight=False)

    def _fail(self, message: str) -> None:
        self._console.print(message, style="red", markup=False, highlight=False)


def _columns(release: Path) -> Tables:
    tables: dict[str, list[Column]] = {}
    for row in run_sql(release, _COLUMNS, AT_THE_TERMINAL).table.to_pylist():
        column = Column(row["column_name"], row["data_type"], row["comment"] or "")
        tables.setdefault(row["table_name"], []).append(column)
    return tables


def _history(file: Path) -> History:
    """What was typed before, in a file that only its owner reads; in memory where that cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))


def _keys() -> KeyBindings:
    """Enter takes what is complete, or begins a new line."""
    keys = KeyBindings()

    @keys.add("enter", filter=~has_completions)
    def enter(event: KeyPressEvent) -> None:
        text = event.current_buffer.text.strip()
        if not text or text.endswith(";") or text.startswith("."):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    @keys.add("enter", filter=has_completions)
    def choose(event: KeyPressEvent) -> Any:
        event.current_buffer.complete_state = None

    return keys
