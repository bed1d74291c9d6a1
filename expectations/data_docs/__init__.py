"""Data Docs: Great Expectations' own site of what was expected and found, as static pages that need no network and no script.

The pages that Great Expectations draws by itself load their styles and scripts from other hosts. Its site builder takes other renderers
and views by configuration; those of `pages.py` draw plain HTML.
"""

from .site import data_docs_site, publish, results_store

__all__ = ["data_docs_site", "publish", "results_store"]
