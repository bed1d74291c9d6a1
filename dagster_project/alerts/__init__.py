"""Alerts: who is told what has newly broken, what came back and what is gone, and that the pipeline is in trouble.

`routes` reads the file that says who is told what, `news` asks the ledger what has changed for each route, `wording` writes the
message, `outbox` keeps it until `delivery` has got it through one of the `channels`. Orchestration is in `defs/notify.py`. The ledger
and the release are only read here.
"""
