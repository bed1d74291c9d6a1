"""What a password must be, and how it is kept."""

from __future__ import annotations

from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST = 12
_LONGEST = 1024
"""Characters; more would only make the server work."""
_FEWEST_DIFFERENT = 5
_SHORTEST_TELLING_NAME = 3
"""A shorter name stands in many a password by chance."""
_METHOD = "scrypt:32768:8:3"
"""32 MB and three passes, some 0.2 s a try: OWASP's cheapest equal of 128 MB and one."""


class WeakPassword(Exception):
    """The password cannot be taken; the message says what it takes."""


def check(password: str, name: str) -> None:
    """Raises WeakPassword."""
    if not SHORTEST <= len(password) <= _LONGEST:
        raise WeakPassword(
            f"密码须有 {SHORTEST} 至 {_LONGEST} 个字符 a password has {SHORTEST} to {_LONGEST} characters"
        )
    if len(name) >= _SHORTEST_TELLING_NAME and name.casefold() in password.casefold():
        raise WeakPassword("密码不能包含账号名 a password does not contain the account's name")
    if len(set(password)) < _FEWEST_DIFFERENT:
        raise WeakPassword(
            f"密码须有 {_FEWEST_DIFFERENT} 个以上不同的字符 a password has {_FEWEST_DIFFERENT} different characters or more"
        )


def hashed(password: str) -> str:
    return generate_password_hash(password, method=_METHOD)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long where there is none, so that nobody learns which accounts exist."""
    return check_password_hash(kept or _nobodys(), password) and kept is not None


@cache
def _nobodys() -> str:
    return hashed("nobody's")
