"""The words of one report: title, opening, six sections and signature, with the true figures in them.

Sentences are chosen at random but say only what the figures say that they are told from, also where a planted slip makes the table
say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from dagster_project.report_parser.form import FORMS, FormVersion

from . import details, phrases
from .applications import ApplicationYear
from .channels import CODES
from .disclosures import DisclosureYear
from .organs import Issuer
from .stated import Stated, stated_in
from .voice import Voice, voice_of

_FEW_PENALTIES = 20
"""Up to so many are counted, not estimated."""
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Year:
    """All that one issuer did in one year, told in its report in the words of `version`; `pieces` were published in all."""

    year: int
    version: FormVersion
    applications: ApplicationYear
    disclosures: DisclosureYear
    channels: dict[str, int]
    pieces: int


@dataclass(frozen=True)
class Habits:
    """What an issuer does alike every year. `dates_in_chinese`: the sign-off date is written 二〇二四年一月五日."""

    title: str
    has_opening: bool
    has_subheadings: bool
    is_signed: bool
    dates_in_chinese: bool


@dataclass(frozen=True)
class Narrative:
    """Paragraphs by section code; `signed_on` is None where the report does not print it. `stated` are the prose's figures;
    `lists_all_channels` says that its list of channels is meant to be complete."""

    title: list[str]
    opening: list[str]
    sections: dict[str, list[str]]
    closing: list[str]
    signed_on: date | None
    stated: list[Stated]
    lists_all_channels: bool


def draw_habits(rng: Random) -> Habits:
    return Habits(
        title=rng.choices(phrases.TITLES, phrases.TITLE_WEIGHTS)[0],
        has_opening=rng.random() < 0.85,
        has_subheadings=rng.random() < 0.7,
        is_signed=rng.random() < 0.85,
        dates_in_chinese=rng.random() < 0.04,
    )


def tell(rng: Random, issuer: Issuer, habits: Habits, year: Year) -> Narrative:
    voice = voice_of(issuer)
    signed_on = _sign_off(rng, issuer, year.year) if habits.is_signed else None
    stated: list[Stated] = []
    opening = [_opening(rng, issuer, voice, year)] if habits.has_opening else []
    sections = {
        "overview": _overview(rng, habits, voice, year, stated),
        "disclosure": _before_disclosure(rng, voice, year, stated),
        "application": _before_applications(rng, voice, year, stated),
        "dispute": _before_disputes(rng, voice, year, stated),
        "problems": _problems(rng, voice, year),
        "other": [_other(rng, voice, year, stated)],
    }
    return Narrative(
        title=habits.title.format(organ=issuer.organ, year=year.year).split("\n"),
        opening=opening,
        sections=sections,
        closing=[issuer.organ, _dated(signed_on, habits)] if signed_on else [],
        signed_on=signed_on,
        stated=stated,
        lists_all_channels=_lists_all_channels("".join(sections["overview"]), year),
    )


def _say(rng: Random, pool: Sequence[str], stated: list[Stated], **figures: object) -> str:
    """One phrase of `pool`, filled in; what it states is added to `stated`."""
    phrase = rng.choice(pool)
    stated += stated_in(phrase, figures)
    return phrase.format(**figures)


def _sign_off(rng: Random, issuer: Issuer, year: int) -> date:
    """The day in the year after: by 31 January for departments and by 31 March for governments, with a few latecomers."""
    if rng.random() < 0.03:
        return date(year + 1, rng.randint(4, 6), rng.randint(1, 28))
    if issuer.department or issuer.level == "township":
        return date(year + 1, 1, rng.randint(4, 31))
    return date(year + 1, rng.choice((1, 2, 3, 3)), rng.randint(3, 28))


def _dated(day: date, habits: Habits) -> str:
    if not habits.dates_in_chinese:
        return f"{day.year}年{day.month}月{day.day}日"
    year = str(day.year).translate(_CHINESE_DIGITS)
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(number: int) -> str:
    """1 to 31 as dates write it: 十, 十二, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def _opening(rng: Random, issuer: Issuer, voice: Voice, year: Year) -> str:
    return rng.choice(phrases.OPENINGS).format(
        organ=issuer.organ, year=year.year, notice=FORMS[year.version].notice, site=voice.site
    )


def _overview(rng: Random, habits: Habits, voice: Voice, year: Year, stated: list[Stated]) -> list[str]:
    texts = (
        _channels(rng, voice, year, stated),
        _applications(rng, voice, year, stated),
        rng.choice(phrases.MANAGEMENT).format(us=voice.us, meetings=rng.randint(2, 9)),
        rng.choice(phrases.PLATFORMS).format(us=voice.us, site=voice.site, account=voice.account),
        rng.choice(phrases.SUPERVISION).format(us=voice.us, guide=voice.guide, trainings=rng.randint(1, 6)),
    )
    texts = tuple(
        text + details.sentences(rng, parts, rng.randint(1, 3), voice.us)
        for text, parts in zip(texts, details.TOPICS, strict=True)
    )
    intro = rng.choice(phrases.INTRODUCTIONS).format(
        us=voice.us, year=year.year, superior=voice.superior, guide=voice.guide
    )
    if habits.has_subheadings:
        return [
            intro,
            *(f"（{number}）{name}。{text}" for number, name, text in zip(*phrases.TOPICS, texts, strict=True)),
        ]
    return [intro, *texts]


def _channels(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> str:
    parts = "、".join(f"{name}{pieces}条" for name, pieces in year.channels.items())
    stated += [Stated("channel", CODES[name], pieces) for name, pieces in year.channels.items()]
    return _say(
        rng, phrases.CHANNELS, stated, year=year.year, us=voice.us, whole=year.pieces, parts=parts, site=voice.site
    )


def _lists_all_channels(overview: str, year: Year) -> bool:
    return "分渠道看：" in overview or ("其中：" in overview and len(year.channels) > 1)


def _applications(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> str:
    table = year.applications
    received, carried = sum(table.new_received), sum(table.carried_in)
    if not received and not carried:
        return _say(rng, phrases.NO_APPLICATIONS, stated, year=year.year, us=voice.us)
    forward = sum(table.carried_forward)
    is_done = not forward and table.processed == received + carried
    text = _say(
        rng,
        (*phrases.APPLICATIONS, *phrases.ALL_DONE) if is_done else phrases.APPLICATIONS,
        stated,
        year=year.year,
        us=voice.us,
        received=received,
        carried=carried,
        processed=table.processed,
        forward=forward,
    )
    if received >= 30:
        granted = sum(table.outcomes["granted"]) + sum(table.outcomes["partially_granted"])
        text += _say(
            rng,
            phrases.APPLICATION_DETAILS,
            stated,
            persons=table.new_received[0],
            most=table.new_received[0],
            organisations=received - table.new_received[0],
            granted=granted,
            not_held=sum(table.outcomes["unavailable_not_held"]),
        )
    return text


def _before_disclosure(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> list[str]:
    if rng.random() < 0.45:
        return []
    documents = year.disclosures.documents["normative_documents"]
    decisions = year.disclosures.decisions
    issued = documents.issued + year.disclosures.documents["rules"].issued
    if not issued and not any(decisions.values()):
        return [_say(rng, phrases.NOTHING_DISCLOSED, stated, year=year.year, us=voice.us)]
    penalties = decisions["penalties"]
    return [
        _say(
            rng,
            phrases.MANY_DISCLOSED if penalties > _FEW_PENALTIES else phrases.DISCLOSED,
            stated,
            year=year.year,
            us=voice.us,
            issued=documents.issued,
            in_force=documents.in_force,
            licences=decisions["licences"],
            penalties=penalties,
            penalties_at_least=penalties // 10 * 10,
        )
    ]


def _before_applications(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> list[str]:
    table = year.applications
    if rng.random() < 0.7 or not table.processed:
        return []
    return [
        _say(
            rng,
            phrases.PROCESSED,
            stated,
            year=year.year,
            us=voice.us,
            processed=table.processed,
            forward=sum(table.carried_forward),
        )
    ]


def _before_disputes(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> list[str]:
    if rng.random() < 0.5:
        return []
    counts = year.applications.disputes
    reviews = sum(count for (track, _), count in counts.items() if track == "reconsideration")
    suits = sum(counts.values()) - reviews
    pool = phrases.DISPUTES if reviews or suits else phrases.NO_DISPUTES
    return [_say(rng, pool, stated, year=year.year, us=voice.us, reviews=reviews, suits=suits)]


def _problems(rng: Random, voice: Voice, year: Year) -> list[str]:
    count = rng.randint(2, 3)
    problems = rng.sample(phrases.PROBLEMS, count)
    measures = rng.sample(phrases.MEASURES, count)
    return [
        rng.choice(phrases.PROBLEM_LEADS).format(year=year.year, us=voice.us)
        + _enumerated(problems)
        + details.sentences(rng, details.SHORTCOMINGS, rng.randint(1, 3), voice.us),
        rng.choice(phrases.MEASURE_LEADS).format(next_year=year.year + 1, us=voice.us)
        + _enumerated(measures)
        + details.sentences(rng, details.REMEDIES, rng.randint(1, 3), voice.us),
    ]


def _enumerated(sentences: list[str]) -> str:
    return "；".join(f"{number}是{text}" for number, text in zip("一二三", sentences, strict=False)) + "。"


def _other(rng: Random, voice: Voice, year: Year, stated: list[Stated]) -> str:
    return _say(rng, phrases.OTHER, stated, year=year.year, us=voice.us)
