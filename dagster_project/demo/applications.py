"""Applications and disputes of one issuer over the years, true to every identity of tables 3 and 4."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dagster_project.report_parser.form import DISPUTE_RESULTS, DISPUTE_TRACKS, FORMS

from .draw import binomial, poisson, split
from .profile import Profile

ByApplicant = list[int]
"""A count for each of `APPLICANTS`, in their order."""

_APPLICANT_WEIGHTS = (86.0, 7.5, 0.5, 0.9, 3.3, 1.8)
_OUTCOME_WEIGHTS = {
    "granted": 44.0,
    "partially_granted": 7.0,
    "denied_state_secret": 0.2,
    "denied_prohibited_by_law": 0.6,
    "denied_public_security": 0.3,
    "denied_third_party": 2.2,
    "denied_internal_affairs": 1.8,
    "denied_process_information": 1.6,
    "denied_enforcement_file": 1.7,
    "denied_administrative_inquiry": 1.9,
    "unavailable_not_held": 22.0,
    "unavailable_needs_creation": 2.4,
    "unavailable_unclear": 2.0,
    "rejected_petition": 3.6,
    "rejected_repeated": 2.2,
    "rejected_publication": 0.3,
    "rejected_excessive": 0.3,
    "rejected_reconfirmation": 0.5,
    "other_no_correction": 1.9,
    "other_fee_unpaid": 0.1,
    "other_misc": 3.4,
}
OUTCOMES = tuple(row.code for row in FORMS["2021"].by_code["application"].rows if row.group)
_TRACK_SHARES = {"reconsideration": 0.055, "direct_litigation": 0.013, "litigation_after_reconsideration": 0.016}
_RESULT_WEIGHTS = {"upheld": 56.0, "corrected": 13.0, "other": 17.0, "pending": 14.0}
_CARRIED_FORWARD = 0.045


@dataclass(frozen=True)
class ApplicationYear:
    """Tables 3 and 4 of one year without their totals. `outcomes` has every outcome row of the 2021 form."""

    new_received: ByApplicant
    carried_in: ByApplicant
    outcomes: dict[str, ByApplicant]
    carried_forward: ByApplicant
    disputes: dict[tuple[str, str], int]

    @property
    def processed(self) -> int:
        return sum(map(sum, self.outcomes.values()))


def simulate_applications(rng: Random, profile: Profile, years: int) -> list[ApplicationYear]:
    """Consecutive years; what one carries forward is what the next carries in."""
    applicants = [weight * rng.uniform(0.5, 1.6) for weight in _APPLICANT_WEIGHTS]
    outcomes = {code: _OUTCOME_WEIGHTS[code] * rng.uniform(0.3, 1.8) for code in OUTCOMES}
    dispute_rate = rng.uniform(0.3, 1.7)
    opening = poisson(rng, profile.applications * _CARRIED_FORWARD * 0.8)
    carried = split(rng, opening, applicants)
    history = []
    for index in range(years):
        # Practice drifts towards granting, so that the rates move slowly and the same way.
        weights = [weight * (1.04**index if code == "granted" else 1.0) for code, weight in outcomes.items()]
        mean = profile.applications * (1 + profile.growth) ** index * rng.lognormvariate(0, 0.09)
        received = split(rng, poisson(rng, mean), applicants)
        forward = [binomial(rng, count, _CARRIED_FORWARD) for count in received]
        columns = [
            split(rng, new + old - left, weights) for new, old, left in zip(received, carried, forward, strict=True)
        ]
        by_outcome = {code: [column[row] for column in columns] for row, code in enumerate(OUTCOMES)}
        processed = sum(map(sum, columns))
        disputes = _disputes(rng, processed * dispute_rate)
        history.append(ApplicationYear(received, carried, by_outcome, forward, disputes))
        carried = forward
    return history


def _disputes(rng: Random, exposure: float) -> dict[tuple[str, str], int]:
    weights = [_RESULT_WEIGHTS[result.code] for result in DISPUTE_RESULTS]
    disputes = {}
    for track in DISPUTE_TRACKS:
        counts = split(rng, poisson(rng, exposure * _TRACK_SHARES[track.code]), weights)
        for result, count in zip(DISPUTE_RESULTS, counts, strict=True):
            disputes[track.code, result.code] = count
    return disputes
