"""Scores the parser on the gold corpus and on a generated one, and writes docs/accuracy.md. Run by `make accuracy`.

The same documents and the same parser give the same page: it holds no time and no date.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import NamedTuple

from benchmarks.scoring import (
    IDENTITY,
    Score,
    Scores,
    Truth,
    generated_truths,
    read_corpus,
    scored,
    written_truths,
)

_ROOT = Path(__file__).parent.parent
GOLD = _ROOT / "tests" / "gold" / "documents"
PAGE = _ROOT / "docs" / "accuracy.md"


class Batch(NamedTuple):
    """One call of `gongkai demo`: how many reports of which formats, and the seed. Every layout is taken in turn."""

    formats: str
    reports: int
    seed: int


GENERATED = (Batch("txt,md", 480, 11), Batch("html,mhtml", 300, 12), Batch("docx,xlsx,pdf", 180, 13))
"""The heavy formats get fewer: a pdf takes as long to read as hundreds of texts."""

_MAX_FAULTS = 10
"""Shown of one report: where a table is not found, its cells need not all be named."""

_HEAD = """# How accurate the parser is

Written by `make accuracy`, which scores every cell, identity field and claim of two corpora against what a human reads from the same
documents. `tests/report_parser/test_gold.py` holds the floors.

- **right**: the same state and the same value. **abstained**: the document prints a figure and the parser gives none. **misnamed**: an
  empty cell, a dash and words taken for one another; no figure is involved. **wrong**: another figure. **invented**: a figure where the
  document prints none.
- **readable** cells are those that a human can read: figures, empty cells and dashes. Where a row prints fewer values than it has columns and
  nothing tells which are empty, no human can either: there the parser must abstain, and a figure counts as invented.
- **share** is right / readable, rounded down.
- A document counts in every line of the second table whose trap it has.
"""
_GOLD_TEXT = """## Gold corpus

{documents} documents in `tests/gold/documents`, each made for its traps, with what a human reads in `NAME.gold.json`. Wording, tables and page
setting do not come from the sample generator. Figures were chosen first and set into the document, by `tests/gold/make_binaries.py` for docx, pdf,
xlsx and zip; most documents print figures that are all different, so that a value one cell off is a wrong value. Places are real, figures
invented; the prose is a handful of texts, varied, so the claims here say less than the cells.
"""
_GENERATED_TEXT = """## Generated corpus

{reports} reports, every layout of `gongkai demo` in every format that can show it. The generator prints
the figures of simulated issuers, mistakes of theirs included, and writes down what it printed. Its claims are scored for the codes that it
knows: {codes}.
"""
_TAIL = """## Measure again

```
make accuracy
```

The generated part is {calls}, each with `--layouts all`. To see what is not right, line by line: `.venv/bin/python -m benchmarks.accuracy --faults`.

## Not covered

- Pages and tables that are pictures hold no text: such documents are rejected with `tables_are_images`, and only that is scored. What a document
  says that is rejected is not read.
- Binary .xls and .doc are not in the corpora, nor are documents that only an office program can open.
- Both corpora are ours. Real reports will print what nobody here thought of; such a document belongs into `tests/gold/documents`, made unrecognisable.
- Section texts, the halves of section five and the index card are tested (`tests/report_parser`), not scored here.
"""


def gold_scores() -> Scores:
    """The documents written by hand."""
    return scored(written_truths(GOLD), read_corpus(GOLD))


def generated_scores(batches: Iterable[Batch]) -> Scores:
    """A corpus that the command line writes into a folder of its own for each batch."""
    scores: list[tuple[Truth, Score]] = []
    gongkai = Path(sys.executable).parent / "gongkai"
    for batch in batches:
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "inbox"
            call = [str(gongkai), "demo", str(corpus), *_options(batch)]
            subprocess.run(call, check=True, capture_output=True)
            scores += scored(generated_truths(corpus), read_corpus(corpus))
    return scores


def _options(batch: Batch) -> list[str]:
    options = {"--reports": batch.reports, "--formats": batch.formats, "--layouts": "all", "--seed": batch.seed}
    return [str(word) for option in options.items() for word in option]


def gold_section(scores: Scores) -> str:
    """The part of the page that tells of the gold corpus."""
    documents = len({truth.document for truth, _ in scores})
    return _section(_GOLD_TEXT.format(documents=documents), scores, "trap")


def page(gold: Scores, generated: Scores) -> str:
    codes = sorted({code for truth, _ in generated for code in truth.scored_claims or ()})
    text = _GENERATED_TEXT.format(reports=len(generated), codes=", ".join(f"`{kind}.{code}`" for kind, code in codes))
    calls = ", ".join(
        f"`gongkai demo DIR --reports {batch.reports} --formats {batch.formats} --seed {batch.seed}`"
        for batch in GENERATED
    )
    return "\n".join([_HEAD, gold_section(gold), _section(text, generated, "layout"), _TAIL.format(calls=calls)])


def total(scores: Iterable[tuple[Truth, Score]]) -> Score:
    whole = Score()
    for _, score in scores:
        whole.merge(score)
    return whole


def _section(text: str, scores: Scores, shown: str) -> str:
    return "\n".join(
        [
            text,
            _cells_table("format", scores, lambda truth: (truth.format,)),
            _cells_table(shown, scores, lambda truth: truth.shows),
            _identity_table(scores),
            _claims_line(total(scores)),
        ]
    )


def _cells_table(heading: str, scores: Scores, keys: Callable[[Truth], Sequence[str]]) -> str:
    by_key: dict[str, Score] = {}
    for truth, score in scores:
        for key in keys(truth):
            by_key.setdefault(key, Score()).merge(score)
    rows = [*sorted(by_key.items()), ("**all**", total(scores))]
    names = (heading, "reports", "readable", "right", "abstained", "misnamed", "wrong", "invented", "share")
    lines = [f"| {' | '.join(names)} |", f"|---|{'---:|' * (len(names) - 1)}"]
    for key, score in rows:
        counts = (score.reports, score.read, score.right, score.abstained, score.misnamed, score.wrong, score.invented)
        lines.append(
            f"| {key} | {' | '.join(f'{count:,}' for count in counts)} | {_percent(score.right, score.read)} |"
        )
    return "\n".join([*lines, ""])


def _identity_table(scores: Scores) -> str:
    whole = total(scores)
    lines = ["| field | told | right | share |", "|---|---:|---:|---:|"]
    for name in (*IDENTITY, "candidates", "reason"):
        if told := whole.told[name]:
            right = whole.told_right[name]
            lines.append(f"| {name} | {told:,} | {right:,} | {_percent(right, told)} |")
    return "\n".join([*lines, ""])


def _claims_line(score: Score) -> str:
    return (
        f"Claims in the prose: {score.claims_right:,} right, {score.claims_missed:,} missed, "
        f"{score.claims_invented:,} invented.\n"
    )


def _percent(part: int, whole: int) -> str:
    if not whole:
        return "–"
    return f"{(Decimal(100 * part) / whole).quantize(Decimal('0.01'), ROUND_DOWN)} %"


def main(arguments: Sequence[str]) -> None:
    gold, generated = gold_scores(), generated_scores(GENERATED)
    if "--faults" in arguments:
        for _, score in [*gold, *generated]:
            for fault in score.faults[:_MAX_FAULTS]:
                print(fault)
            if (more := len(score.faults) - _MAX_FAULTS) > 0:
                print(f"  … and {more} more of this report")
        return
    PAGE.write_text(page(gold, generated), encoding="utf-8")
    for name, scores in (("gold", gold), ("generated", generated)):
        whole = total(scores)
        print(f"{name}: {whole.right:,} of {whole.read:,} cells right, {whole.wrong} wrong, {whole.invented} invented")


if __name__ == "__main__":
    main(sys.argv[1:])
