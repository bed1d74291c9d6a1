"""What the release says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .release import Release


@dataclass(frozen=True)
class About:
    """`published_at` is in UTC, without a zone."""

    run_id: str
    published_at: datetime
    has_sample: bool


def about(release: Release) -> About:
    (row,) = release.rows("select run_id, published_at, has_sample from release_info")
    return About(**row)
