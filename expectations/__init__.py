"""The arithmetic invariants (勾稽关系): each rule defined once, run by Great Expectations inside DuckDB.

`rules.py` is the catalogue; the suites, the result table, the catalogue table and Dagster's asset checks all come from it.
"""
