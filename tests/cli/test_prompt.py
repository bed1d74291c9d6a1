"""The prompt of `gongkai sql`, on a terminal of its own."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from dagster_project.prompt import Column, SqlCompleter

_ENDLESS = "select sum(a.range * b.range) from range(100000000) a, range(100000000) b;"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A terminal on which `gongkai sql` runs."""

    def __init__(self, warehouse: Path, state: Path) -> None:
        self.process, self._handle = pty.fork()
        if self.process == 0:
            os.environ.update(XDG_STATE_HOME=str(state), TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1")
            # As in a terminal's own shell: tests that run in the background are deaf to them, and so would be what they start.
            for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
                signal.signal(ignored, signal.SIG_DFL)
            gongkai = str(Path(sys.executable).parent / "gongkai")
            os.execv(gongkai, [gongkai, "sql", "--warehouse", str(warehouse)])
        self._seen = ""

    def type(self, text: str) -> None:
        os.write(self._handle, text.encode())

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """What was shown until `text` came, which must be after what was waited for before."""
        until = time.monotonic() + seconds
        while text not in self._seen:
            assert time.monotonic() < until, f"{text!r} is not in {self._seen!r}"
            if select.select([self._handle], [], [], 0.1)[0]:
                self._seen += _ESCAPES.sub("", os.read(self._handle, 65536).decode(errors="replace"))
        shown, _, self._seen = self._seen.partition(text)
        return shown

    def exit_code(self) -> int:
        """Read on until it ends, for it waits until all that it shows was read."""
        try:
            while select.select([self._handle], [], [], 30)[0]:
                os.read(self._handle, 65536)
        except OSError:  # the other end is closed
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def close(self) -> None:
        os.close(self._handle)


@pytest.fixture
def terminal(warehouse: Path, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(warehouse, tmp_path)
    opened.wait_for(".help")
    opened.wait_for("gongkai>")
    yield opened
    opened.close()


def test_lines_up_to_a_semicolon_are_one_statement_and_are_remembered(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("select 6 *\r")
    terminal.type("7 as answer;\r")
    shown = terminal.wait_for("1 行 rows")
    assert "42" in shown
    terminal.type(".quit\r")
    assert terminal.exit_code() == 0
    history = tmp_path / "gongkai" / "sql_history"
    assert "+select 6 *\n+7 as answer;\n" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_ctrl_c_cancels_a_query_and_the_next_is_answered(terminal: Terminal) -> None:
    terminal.type(f"{_ENDLESS}\r")
    terminal.wait_for("查询中")
    time.sleep(0.5)
    terminal.type("\x03")
    terminal.wait_for("查询已取消。")
    terminal.type("select 'still ' || 'here';\r")
    terminal.wait_for("still here")
    terminal.wait_for("gongkai>")  # Ctrl-D before the prompt is there is the terminal's own, and is lost
    terminal.type("\x04")
    assert terminal.exit_code() == 0


def test_commands(terminal: Terminal) -> None:
    terminal.type(".tables\r")
    assert "one row per place" in terminal.wait_for("行 rows ·")
    terminal.type(".schema dim_year\r")
    assert "is_reported" in terminal.wait_for("3 行 rows")
    terminal.type(".schema nowhere\r")
    terminal.wait_for("没有表 nowhere")
    terminal.type(".format csv\r")
    terminal.type("select 'a' as b;\r")
    terminal.wait_for('"b"')
    terminal.wait_for('"a"')
    terminal.type(".nothing\r")
    terminal.wait_for("不认识 .nothing")
    terminal.type(".help\r")
    terminal.wait_for(".schema TABLE")


def test_a_refusal_is_told_and_the_prompt_goes_on(terminal: Terminal) -> None:
    terminal.type("drop table dim_report;\r")
    terminal.wait_for("不能执行 DROP 语句")
    terminal.type("select count(*) > 0 as there from dim_report;\r")
    terminal.wait_for("true")


def test_tab_completes_a_table_of_the_release(terminal: Terminal) -> None:
    terminal.type("select count(*) = 7 as seven from dim_y\t")
    terminal.wait_for("ear")  # the rest of dim_year
    terminal.type(";\r")
    terminal.wait_for("true")


@pytest.mark.parametrize("is_asking", [False, True])
def test_a_killed_prompt_leaves_no_process_behind(warehouse: Path, tmp_path: Path, is_asking: bool) -> None:
    """Nor does one whose statement runs on: nobody would cancel that."""
    terminal = Terminal(warehouse, tmp_path)
    terminal.wait_for(".help")
    if is_asking:
        terminal.type(f"{_ENDLESS}\r")
        terminal.wait_for("查询中")
    children = Path(f"/proc/{terminal.process}/task/{terminal.process}/children").read_text(encoding="ascii").split()
    assert children
    os.kill(terminal.process, signal.SIGKILL)
    os.waitpid(terminal.process, 0)
    terminal.close()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < until
        time.sleep(0.05)


_TABLES = {
    "dim_report": [Column("report_key", "VARCHAR", ""), Column("year", "INTEGER", "")],
    "fct_outcome": [Column("report_key", "VARCHAR", ""), Column("value", "DECIMAL(18,6)", "")],
}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sel", "select"),
        ("select * from d", "dim_report"),
        ("select * from ", "dim_report"),
        ("select dim_report.y", "year"),
        ("select r.| from dim_report as r", "report_key"),
        ("select va| from fct_outcome", "value"),
        (".sch", "schema"),
        (".schema f", "fct_outcome"),
        (".format c", "csv"),
    ],
)
def test_completion(typed: str, first: str) -> None:
    document = Document(typed.replace("|", ""), typed.index("|") if "|" in typed else len(typed))
    found = [completion.text for completion in SqlCompleter(_TABLES).get_completions(document, CompleteEvent())]
    assert found[0] == first


def test_columns_of_other_tables_are_not_offered() -> None:
    document = Document("select va from dim_report", len("select va"))
    found = [completion.text for completion in SqlCompleter(_TABLES).get_completions(document, CompleteEvent())]
    assert "value" not in found
