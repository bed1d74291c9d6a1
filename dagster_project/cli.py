"""The command line: `gongkai parse | demo | build | serve | sql | rollback | status`.

Exit codes: 0 done, 1 it failed and said why, 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from dagster_project import inbox
from dagster_project.settings import InvalidSetting, Settings, load_settings


class _Settings(click.Group):
    """Reads the settings once, so that every command's defaults are those in force."""

    def main(self, *args: object, **kwargs: object) -> object:
        raise NotImplementedError
