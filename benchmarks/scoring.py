"""How far a report as read is the report as printed: what a gold file says, what the parser says, and the difference, counted.

What does not belong here: which corpora are scored, and how the result is shown (`accuracy.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from dagster_project.inbox import InboxFile, list_files
from dagster_project.reading import as_reports, read_files
from dagster_project.report_parser import CellState, Report
from dagster_project.report_parser.form import FORMS, CellName, FormVersion

GOLD_SUFFIX = ".gold.json"
IDENTITY = ("year", "form", "organ", "place", "signed_on", "published_on", "organ_level", "organ_type")
"""What a gold file tells of a report beside its cells; `place` is the code of the lowest known division."""
_STATES = {"_": CellState.BLANK, "-": CellState.DASH, "?": CellState.TEXT, "x": CellState.ABSENT}
_READABLE = (CellState.NUMBER, CellState.BLANK, CellState.DASH)
"""What a human can read in a cell. A figure that fits several columns (`?`) no human can place."""

Reading = tuple[CellState, Decimal | None]
Key = tuple[str, int]
"""Source and part of a report."""
Claimed = tuple[str, str, Decimal]
"""Kind, code and value of a claim."""


@dataclass(frozen=True)
class Truth:
    """What a human reads from one report of `document`, whose `source` is a member of it where it is a zip. `identity` holds the fields that the gold file states, None where nobody can know.

    `scored_claims` are the kinds and codes of claim that the gold knows of, or None for all. `reason` is set for a document
    that holds no figures to read: the parser must reject it for that reason, and its prose is not read.
    """

    source: str
    document: str
    part: int
    format: str
    shows: tuple[str, ...]
    cells: Mapping[CellName, Reading] = field(default_factory=dict)
    identity: Mapping[str, object] = field(default_factory=dict)
    claims: Counter[Claimed] = field(default_factory=Counter)
    scored_claims: frozenset[tuple[str, str]] | None = None
    reason: str | None = None


@dataclass
class Score:
    """Counts over any number of reports. `faults` names what is not right, one line each.

    `read` are the cells that a human can read: `right` (same state and value) + `abstained` (a figure not given) + `misnamed`
    (blank, dash or text taken for one another) + `wrong` + `invented` (a figure where a human reads none) come to `read`,
    but for figures invented in cells that no human can read.
    """

    reports: int = 0
    read: int = 0
    right: int = 0
    abstained: int = 0
    misnamed: int = 0
    wrong: int = 0
    invented: int = 0
    told: Counter[str] = field(default_factory=Counter)
    told_right: Counter[str] = field(default_factory=Counter)
    claims_right: int = 0
    claims_missed: int = 0
    claims_invented: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, truth: Truth, report: Report | None) -> None:
        """Counts a report; None stands for one that the parser did not find."""
        where = f"{truth.source}#{truth.part}"
        self.reports += 1
        self._add_cells(where, truth, report)
        self._add_identity(where, truth, report)
        self._add_claims(where, truth, report)

    def merge(self, other: Score) -> None:
        """Adds the counts of `other`."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def _add_cells(self, where: str, truth: Truth, report: Report | None) -> None:
        cells = report.cells if report else ()
        read = {(cell.table, cell.row, cell.column): (cell.state, cell.value) for cell in cells}
        for name in {**truth.cells, **read}:
            expected = truth.cells.get(name, (CellState.ABSENT, None))
            actual = read.get(name, (CellState.ABSENT, None))
            self.read += expected[0] in _READABLE
            if actual == expected:
                self.right += expected[0] in _READABLE
                continue
            if actual[0] is CellState.NUMBER:
                fault = "wrong" if expected[0] is CellState.NUMBER else "invented"
            elif expected[0] is CellState.NUMBER:
                fault = "abstained"
            else:
                fault = "misnamed"
                if expected[0] not in _READABLE:
                    continue
            setattr(self, fault, getattr(self, fault) + 1)
            self.faults.append(f"{where} {'.'.join(name)}: {fault}, read {_shown(actual)}, gold {_shown(expected)}")

    def _add_identity(self, where: str, truth: Truth, report: Report | None) -> None:
        actual = _identity(report) if report else {}
        told = dict(truth.identity) if truth.reason is None else {**truth.identity, "reason": truth.reason}
        for name, expected in told.items():
            self.told[name] += 1
            if actual.get(name) == expected:
                self.told_right[name] += 1
            else:
                self.faults.append(f"{where} {name}: read {actual.get(name)}, gold {expected}")

    def _add_claims(self, where: str, truth: Truth, report: Report | None) -> None:
        read = Counter(
            (claim.kind, claim.code, claim.value)
            for claim in (report.claims if report else ())
            if truth.scored_claims is None or (claim.kind, claim.code) in truth.scored_claims
        )
        self.claims_right += (truth.claims & read).total()
        for fault, claims in (("missed", truth.claims - read), ("invented", read - truth.claims)):
            setattr(self, f"claims_{fault}", getattr(self, f"claims_{fault}") + claims.total())
            self.faults += [f"{where} {'.'.join(map(str, claim))}: claim {fault}" for claim in sorted(claims)]


def _identity(report: Report) -> dict[str, object]:
    return {
        "reason": report.reason,
        "organ": report.organ,
        "organ_level": report.organ_level,
        "organ_type": report.organ_type,
        "year": report.year,
        "form": report.form,
        "place": report.region.code,
        "candidates": tuple(sorted(report.candidates)),
        "signed_on": report.signed_on and report.signed_on.isoformat(),
        "published_on": report.published_on and report.published_on.isoformat(),
    }


def _shown(reading: Reading) -> str:
    state, value = reading
    return str(value) if state is CellState.NUMBER else state.value


Scores = Sequence[tuple[Truth, Score]]
"""What was scored, report by report."""


def read_corpus(folder: Path) -> dict[Key, Report]:
    """The reports of all documents in the folder, read as `gongkai parse` reads them: zips, sidecars and paths count."""
    files: list[InboxFile] = [file for file in list_files(folder, folder) if not file.path.endswith(GOLD_SUFFIX)]
    return {(report.source, report.part): report for _, reports in read_files(files, as_reports) for report in reports}


def scored(truths: Iterable[Truth], reports: Mapping[Key, Report]) -> Scores:
    """The score of each report, the reports that no gold knows among them: their figures are invented."""
    known = list(truths)
    unknown = reports.keys() - {(truth.source, truth.part) for truth in known}
    by_source = {truth.source: truth for truth in known}
    known += [
        Truth(source, by_source[source].document, part, by_source[source].format, by_source[source].shows)
        for source, part in sorted(unknown)
    ]
    scores = []
    for truth in known:
        score = Score()
        score.add(truth, reports.get((truth.source, truth.part)))
        scores.append((truth, score))
    return scores


# --- Gold files ------------------------------------------------------------------------------------------------------


def written_truths(folder: Path) -> Iterator[Truth]:
    """The gold of the documents written by hand: `NAME.gold.json` beside `NAME.*`."""
    for path in sorted(folder.rglob(f"*{GOLD_SUFFIX}")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(GOLD_SUFFIX)
        (document,) = (
            found for found in path.parent.glob(f"{stem}.*") if not found.name.endswith((GOLD_SUFFIX, ".meta.json"))
        )
        source = document.relative_to(folder).as_posix()
        parts: Counter[str] = Counter()
        for report in gold["reports"]:
            name = f"{source}/{report['file']}" if "file" in report else source
            parts[name] += 1
            yield Truth(
                source=name,
                document=source,
                part=parts[name],
                format=document.suffix[1:],
                shows=tuple(gold["shows"]),
                cells=_written_cells(report),
                identity=_written_identity(report),
                claims=Counter((kind, code, Decimal(value)) for kind, code, value, *_ in report["claims"]),
                reason=gold.get("reason"),
            )


def _written_cells(report: Mapping[str, Any]) -> dict[CellName, Reading]:
    """A row is its printed values; a row that is left out is all zeros; see the marks in `_STATES`."""
    if report["cells"] is None:
        return {}
    cells: dict[CellName, Reading] = {}
    for code, rows in report["cells"].items():
        (table,) = (table for table in FORMS[_version(report["form"], code)].tables if table.code == code)
        unknown = rows.keys() - {row.code for row in table.rows}
        if unknown:
            raise ValueError(f"no such rows in {code}: {unknown}")
        for row in table.rows:
            tokens = rows[row.code].split() if row.code in rows else ["0"] * len(row.columns)
            for column, token in zip(row.columns, tokens, strict=True):
                cells[code, row.code, column.code] = (
                    (_STATES[token], None) if token in _STATES else (CellState.NUMBER, Decimal(token))
                )
    return cells


def _version(form: str | None, table: str) -> FormVersion:
    """Which form a table of the gold is of: the one mixed report has table 2 of the trial form."""
    if form == "2019" or (form == "mixed" and table == "disclosure"):
        return "2019"
    return "2021"


def _written_identity(report: Mapping[str, Any]) -> dict[str, object]:
    if "organ" not in report:
        return {}
    told = {name: report[name] for name in IDENTITY if name != "place"}
    told["place"] = report["region"]["code"]
    if "candidates" in report:
        told["candidates"] = tuple(sorted(report["candidates"]))
    return told


def generated_truths(folder: Path) -> Iterator[Truth]:
    """The gold of a corpus that `gongkai demo` wrote."""
    with (folder / "_gold.jsonl").open(encoding="utf-8") as lines:
        golds = [json.loads(line) for line in lines]
    # The generator knows which figures its phrases state, but not in every code that the parser has.
    known = frozenset((claim["kind"], claim["code"]) for gold in golds for claim in gold["claims"])
    for gold in golds:
        yield Truth(
            source=gold["source"],
            document=gold["source"],
            part=gold["part"],
            format=gold["format"],
            shows=(gold["layout"],),
            cells={
                (cell["table"], cell["row"], cell["column"]): (
                    CellState(cell["state"]),
                    None if cell["value"] is None else Decimal(str(cell["value"])),
                )
                for cell in gold["cells"]
            },
            identity={
                **{name: gold[name] for name in ("organ", "year", "form", "signed_on")},
                "place": gold["region"]["code"],
            },
            claims=Counter((claim["kind"], claim["code"], Decimal(claim["value"])) for claim in gold["claims"]),
            scored_claims=known,
        )
