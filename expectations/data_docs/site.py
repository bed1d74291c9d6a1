"""Where Data Docs are kept and built.

A run writes into a folder of its own, `<store>/<run>`: the results as Great Expectations keeps them and the pages made from them. When the
run is over a link is moved to its pages, in one step, so that a reader sees one run's pages or another's and never half of them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

_KEPT = 2
"""Runs whose pages stay: who is reading the last but one can go on."""


def results_store(folder: Path) -> dict[str, Any]:
    """The store of validation results, in Great Expectations' words: the checkpoints of a run share it, each with a context of its own."""
    return {"class_name": "ValidationResultsStore", "store_backend": _backend(folder / "results")}


def data_docs_site(folder: Path) -> dict[str, Any]:
    """The site of a run, in Great Expectations' words: an index and a page for each suite's result."""
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": _backend(_pages(folder)),
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", **_drawn_by("Index")},
        "site_section_builders": {
            "validations": _drawn_by("Result"),
            # A result's page says what was expected too.
            "expectations": "None",
            "profiling": "None",
        },
    }


def publish(folder: Path, link: Path) -> None:
    """Make the pages of the run in `folder` those that `link` leads to, and remove those of runs long past.

    A run that ended before its first checkpoint has no pages, and changes nothing.
    """
    if not (_pages(folder) / "index.html").exists():
        return
    # The pictures and fonts of Great Expectations' own pages; these use none.
    shutil.rmtree(_pages(folder) / "static", ignore_errors=True)
    draft = link.with_name(f".{link.name}-{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(_pages(folder), link.parent))
    os.replace(draft, link)
    for stale in sorted((run for run in folder.parent.iterdir() if run != folder), reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(stale, ignore_errors=True)


def _pages(folder: Path) -> Path:
    return folder / "pages"


def _backend(folder: Path) -> dict[str, str]:
    return {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}


def _drawn_by(name: str) -> dict[str, dict[str, str]]:
    module = f"{__package__}.pages"
    return {
        "renderer": {"module_name": module, "class_name": f"{name}Content"},
        "view": {"module_name": module, "class_name": f"{name}View"},
    }
