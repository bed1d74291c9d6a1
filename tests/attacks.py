"""Attempts to break out of the fence around SQL, each with the word that its refusal must bear.

`{secret}` stands for a file outside the warehouse that must not be read, `{target}` for one that must not come to be, `{release}`
for the release itself.
"""

from __future__ import annotations

READ_FILES = {
    "read_text": "from read_text('{secret}')",
    "read_blob": "from read_blob('{secret}')",
    "read_csv": "from read_csv('{secret}', header = false)",
    "read_csv_auto": "from read_csv_auto('{secret}')",
    "read_json": "from read_json('{secret}')",
    "read_parquet": "from read_parquet('{secret}')",
    "parquet_metadata": "from parquet_metadata('{secret}')",
    "read_duckdb": "from read_duckdb('{release}', table_name = 'dim_report')",
    "sniff_csv": "from sniff_csv('{secret}')",
    "glob": "from glob('/*')",
    "file_as_table": "from '{secret}'",
    "file_without_extension_as_table": "select * from '/etc/passwd'",
    "file_of_the_folder_as_table": "select * from 'current.duckdb'",
    "address_as_table": "from 'https://example.org/a.csv'",
    "describe_a_file": "describe '{secret}'",
    "summarize_a_file": "summarize '{secret}'",
    "in_a_subquery": "select (select content from read_text('{secret}'))",
    "in_a_condition": "from dim_year where exists (from read_text('{secret}'))",
    "in_a_with": "with x as (from read_text('{secret}')) from x",
    "in_a_join": "from dim_year join read_text('{secret}') on true",
    "lateral": "from (values ('{secret}')) t(name), lateral (from read_text(t.name))",
    "in_a_union": "select '' union all select content from read_text('{secret}')",
    "behind_explain": "explain analyze select * from read_text('{secret}')",
    "in_capitals_and_quotes": """from "READ_TEXT"('{secret}')""",
    "with_its_schema": "from system.main.read_text('{secret}')",
    "behind_a_comment": "from /* a table */ read_text /* of ours */ ('{secret}')",
    "by_query": "from query('from read_text(''{secret}'')')",
    "by_query_table": "from query_table('{secret}')",
    "by_serialized_sql": "from json_execute_serialized_sql(json_serialize_sql('from read_text(''{secret}'')'))",
    "import": "import database '{secret}'",
    "in_a_pivot": "pivot (from read_text('{secret}')) on filename in ('a') using max(content)",
}
LOOK_AROUND = {
    "settings": "from duckdb_settings()",
    "settings_as_a_view": "from pg_catalog.pg_settings",
    "one_setting": "select current_setting('home_directory')",
    "environment": "select getenv('HOME')",
    "environment_as_a_method": "select ('HOME').getenv()",
    "secrets": "from duckdb_secrets()",
    "which_secret": "from which_secret('s3://a', 's3')",
    "extensions": "from duckdb_extensions()",
    "path_of_the_database": "from duckdb_databases()",
    "path_by_a_view": "select path from duckdb_databases",
    "path_by_a_pragma_view": "from pragma_database_list",
    "path_by_a_with": "with recursive x as (select path from duckdb_databases) from x",
    "path_by_a_macro": "from histogram(duckdb_databases, path)",
    "logs": "from duckdb_logs",
    "write_log": "select write_log('x', level := 'error')",
    "memory": "from duckdb_memory()",
    "temporary_files": "from duckdb_temporary_files()",
    "pragma_function": "from pragma_storage_info('dim_report')",
    "python_variables": "from pandas_scan(1)",
    "pointers": "from arrow_scan(1, 2, 3)",
    "python_function": "from python_map_function(1)",
    "enable_logging": "from enable_logging()",
    "force_checkpoint": "from force_checkpoint()",
    "sleep": "select sleep_ms(100000)",
}
DO_THINGS = {
    "copy_to": "copy dim_report to '{target}'",
    "copy_a_query_to": "copy (select 1) to '{target}' (format parquet)",
    "copy_from": "copy dim_year from '{secret}'",
    "explain_copy": "explain analyze copy dim_report to '{target}'",
    "export": "export database '{target}'",
    "attach_a_new_file": "attach '{target}' as other",
    "attach_the_release": "attach '{release}' as other (read_write)",
    "attach_memory": "attach ':memory:' as other",
    "detach": "detach other",
    "use": "use memory",
    "install": "install httpfs",
    "install_from": "force install spatial from 'https://example.org'",
    "load": "load '{secret}'",
    "load_bundled": "load json",
    "update_extensions": "update extensions",
    "set": "set enable_external_access = true",
    "set_memory": "set memory_limit = '100GB'",
    "set_global": "set global threads = 64",
    "reset": "reset lock_configuration",
    "set_variable": "set variable x = 1",
    "pragma": "pragma enable_external_access = true",
    "pragma_version": "pragma version",
    "pragma_database_list": "pragma database_list",
    "call": "call pragma_version()",
    "checkpoint": "force checkpoint",
    "vacuum": "vacuum analyze",
    "create": "create table x as select 1",
    "create_temporary": "create temp table x as select 1",
    "create_view": "create or replace temp view dim_report as select 1",
    "create_macro": "create temp macro abs(x) as 1",
    "create_type": "create type x as enum ('a')",
    "create_secret": "create secret s (type s3, key_id 'a', secret 'b')",
    "insert": "insert into dim_year select * from dim_year",
    "update": "update dim_report set year = 1",
    "delete": "delete from dim_report",
    "merge": "merge into dim_year using dim_year as x on true when matched then delete",
    "drop": "drop table dim_report",
    "alter": "alter table dim_report add column x int",
    "comment": "comment on table dim_report is 'x'",
    "prepare": "prepare x as select 1",
    "execute": "execute x",
    "begin": "begin transaction",
    "commit": "commit",
}
SEVERAL = {
    "two": "select 1; select 2",
    "drop_behind": "select 1; drop table dim_report",
    "set_before": "set threads = 1; select 1",
    "behind_a_comment": "select 1; -- done\ncopy dim_report to '{target}'",
    "end_of_a_string": "select ''; attach '{target}' as x; select ''",
}
SYNTAX = {
    "no_sql": "please show me the reports",
    "half": "select * from",
    "parentheses": "select " + "(" * 40_000 + "1" + ")" * 40_000,
    "subqueries": "select * from " + "(select * from " * 400 + "(select 1)" + ")" * 400,
    "many_nots": "select " + "not " * 24_000 + "true",
    "many_casts": "select null::int" + "[]" * 30_000,
    "zero_byte": "select '\0'; drop table dim_report",
    "half_a_character": "select '\ud800'",
}
NOTHING = {"empty": "", "spaces_and_semicolons": " ;\n; ", "only_a_comment": "-- select 1"}
EXHAUST = {
    "endless_recursion": "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t",
    "endless_rows_of_recursion": "with recursive t(n) as (select 1 union all select n + 1 from t) select sum(n) from t",
    "doubling_recursion": "with recursive t(n) as (select 1 union all select a.n from t as a, range(9)) select sum(n) from t",
    "long_series": "select sum(i) from generate_series(1, 1000000000000) as t(i)",
    "long_list": "select len(generate_series(1, 1000000000))",
    "cross_join": "select count(*) from range(10000000) as a, range(10000000) as b where a.range <> b.range",
    "long_string": "select len(repeat('x', 4000000000))",
    "many_long_strings": "select repeat('x', 1000000) || i from range(10000) as t(i)",
    "one_long_string": "select len(string_agg(repeat('x', 1000000))) from range(1000000)",
    "big_sort": "select * from range(1000000000) order by random()",
    "big_list": "select len(list_sort(list(random()))) from range(1000000000)",
    "padded": "select len(lpad('a', 2147483647, 'b'))",
    "printed": "select len(printf('%2000000000d', 1))",
    "compared": "select levenshtein(repeat('a', 1000000), repeat('b', 1000000))",
    "nested_with": "with "
    + ", ".join(
        f"t{i} as (select a.* from t{i - 1} as a, t{i - 1} as b)" if i else "t0 as (values (1), (2))" for i in range(30)
    )
    + " select count(*) from t29",
}

ATTACKS: dict[str, tuple[frozenset[str], str]] = {
    f"{kind}-{name}": (frozenset(codes), sql)
    for kind, codes, attacks in (
        ("read_files", {"forbidden"}, READ_FILES),
        ("look_around", {"forbidden"}, LOOK_AROUND),
        ("do_things", {"not_a_query"}, DO_THINGS),
        ("several", {"several_statements"}, SEVERAL),
        ("syntax", {"syntax"}, SYNTAX),
        ("nothing", {"not_a_query"}, NOTHING),
        ("exhaust", {"too_slow", "too_much_memory"}, EXHAUST),
    )
    for name, sql in attacks.items()
}
"""By name: the words that its refusal may bear, and the statement."""
