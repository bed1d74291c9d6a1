"""What a stranger's statement may be: one statement that reads, and no function or table that looks beyond the release.

The statement is judged by its syntax tree as DuckDB itself parses it, not by its text. That is the first of two fences; the second is
the connection, which is read-only and has no access to files, extensions or settings (`sandbox_worker`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from .sandbox import Refused

_TABLE_FUNCTIONS = frozenset(
    [
        "duckdb_columns",
        "duckdb_constraints",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "json_each",
        "json_tree",
        "range",
        "repeat",
        "repeat_row",
        "summary",
        "unnest",
    ]
)
"""The functions that may stand after `from`: those that read the release, its catalogue, or nothing. None that takes the name of a
table, such as histogram(): the tree does not show what it reads."""
_FORBIDDEN_FUNCTIONS = frozenset(
    [
        "combine",
        "current_setting",
        "currval",
        "finalize",
        "getenv",
        "getvariable",
        "json_deserialize_sql",
        "json_serialize_plan",
        "nextval",
        "parse_duckdb_log_message",
        "pg_conf_load_time",
        "pg_sleep",
        "sleep_ms",
        "stats",
        "write_log",
    ]
)
"""Other functions that tell of the machine, change state, wait, or take apart what only DuckDB may have put together."""
_FORBIDDEN_TABLES = frozenset(
    ["duckdb_databases", "duckdb_logs", "pg_prepared_statements", "pg_settings", "pragma_database_list"]
)
"""Views of the catalogue that tell of the machine."""
_READING = "select、with、from、values、describe、show tables、summarize，或以 explain 解释它们"
_EXPLAIN = re.compile(r"\s*explain(\s+analyze\b)?(\s*\(\s*(analyze|format)\b[^()]*\))?", re.IGNORECASE)
_NOT_A_TABLE = re.compile(r"[/\\.:*?]")
"""What is in the name of a file and in that of no table."""


def check(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one statement in `sql`, ready to be executed.

    Raises:
        Refused: `several_statements`, `not_a_query`, `forbidden`, or `syntax` where it is nested too deep.
        duckdb.Error: when it cannot be parsed.
    """
    statements = connection.extract_statements(sql)
    if not statements:
        raise Refused("not_a_query", "没有语句；请输入一条查询，例如 select * from dim_report limit 10。")
    if len(statements) > 1 and "PIVOT" in sql.upper():
        raise Refused("not_a_query", "PIVOT 须写明取值：pivot … on 列 in ('值一', '值二') using …；请补上 in (…)。")
    if len(statements) > 1:
        raise Refused("several_statements", f"一次只能执行一条语句（这里有 {len(statements)} 条）；请分开执行。")
    (statement,) = statements
    query = sql
    if statement.type == duckdb.StatementType.EXPLAIN and (prefix := _EXPLAIN.match(sql)):
        query = sql[prefix.end() :]
    _check_tree(_tree(connection, query, statement.type.name))
    return statement


def _tree(connection: duckdb.DuckDBPyConnection, query: str, kind: str) -> Any:
    """The syntax tree, which DuckDB has for queries only."""
    (text,) = connection.execute("select json_serialize_sql(?)", [query]).fetchall()[0]
    try:
        tree = json.loads(text)
    except RecursionError as error:
        raise Refused("syntax", "语句嵌套过深；请用 with 分步书写。") from error
    if tree["error"]:
        what = "解释查询以外的语句" if kind == "EXPLAIN" else f"执行 {kind} 语句"
        raise Refused("not_a_query", f"只能查询，不能{what}；请用 {_READING}。")
    return tree


def _check_tree(tree: Any) -> None:
    for node in _nodes(tree):
        function = str(node.get("function_name", "")).lower()
        is_table_function = node.get("type") == "TABLE_FUNCTION"
        if is_table_function and (called := _called(node)) not in _TABLE_FUNCTIONS:
            raise Refused("forbidden", f"不能使用 {called}()：查询只能读取已发布的表。{_SEE_TABLES}")
        if function in _FORBIDDEN_FUNCTIONS:
            raise Refused("forbidden", f"不能使用 {function}()：查询只能读取已发布的表。{_SEE_TABLES}")
        if node.get("type") == "BASE_TABLE":
            _check_table(str(node["table_name"]))


def _check_table(name: str) -> None:
    if _NOT_A_TABLE.search(name):
        raise Refused("forbidden", f"不能读取文件或网址 {name[:200]}：查询只能读取已发布的表。{_SEE_TABLES}")
    if name.lower() in _FORBIDDEN_TABLES:
        raise Refused("forbidden", f"不能读取 {name}：它不属于已发布的数据。{_SEE_TABLES}")


def _called(node: dict[str, Any]) -> str:
    return str(node["function"].get("function_name", "")).lower()


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in the tree, however deep, without recursion."""
    rest = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            yield node
            rest.extend(node.values())
        elif isinstance(node, list):
            rest.extend(node)


_SEE_TABLES = "可用 show tables 查看有哪些表。"
