"""Who may see what: accounts, login, roles, the region of an account, and what the server tells of itself. Decision 0028.

`current` is for everybody who has to ask who is asking; the rest is wired up in one place, `gate.register`.
"""
