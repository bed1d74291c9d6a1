"""The dashboard: pages over the published release, in Chinese first and in English.

It reads `<warehouse>/current.duckdb`, serves `<warehouse>/dbt-docs.html` and `<warehouse>/data-docs/` as they are, and knows nothing else of the project: the
release is the contract.
"""
