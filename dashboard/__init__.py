"""The dashboard: pages over the published release, in Chinese first and in English.

It reads `<warehouse>/current.duckdb` and nothing else of the project: the release is the contract.
"""
