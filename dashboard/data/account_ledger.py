"""The ledger as an account may use it: findings of the organs of its region only, and verdicts by those who may give them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from expectations.ledger import Finding, Ledger, Precision, UnknownFinding, Verdict

from ..access import current
from ..access.accounts import Accounts


class AccountLedger:
    """Of the warehouse in the folder `root`. `organs` gives the keys of those whose reports an account with a region sees."""

    def __init__(self, root: Path, organs: Callable[[], frozenset[str]]) -> None:
        self._ledger = Ledger(root / "ledger.sqlite")
        self._accounts = Accounts(root / "accounts.sqlite")
        self._organs_of_region = organs

    def findings(
        self, statuses: Collection[str] | None = None, rule_id: str | None = None, year: int | None = None
    ) -> list[Finding]:
        """As `Ledger.findings`, of the account's organs."""
        return self._ledger.findings(statuses, rule_id, year, self._organs())

    def dismissed(self) -> list[str]:
        """Fingerprints of the findings that people said are none. Of the whole country: they tell nothing to whom has not the report."""
        return self._ledger.dismissed()

    def precision_by_rule(self) -> dict[str, Precision]:
        """As `Ledger.precision_by_rule`, of the whole country: how good a rule is does not say whose reports it was judged on."""
        return self._ledger.precision_by_rule()

    def give_verdict(self, fingerprint: str, verdict: Verdict, reason: str | None, given_by: str) -> str:
        """As `Ledger.give_verdict`; noted in the log of the accounts. Whoever is signed in speaks in their own name: `given_by` is for
        the machine itself, where nobody is.

        Raises:
            RoleNeeded: when the account is no steward.
            UnknownFinding: when there is no such finding, or it is of another region.
            MissingReason, AmbiguousFingerprint
        """
        who = current.require("steward")
        finding, organs = self._ledger.finding(fingerprint), self._organs()
        if organs is not None and finding.organ_key not in organs:
            raise UnknownFinding(fingerprint)
        if who == current.LOCAL:
            return self._ledger.give_verdict(finding.fingerprint, verdict, reason, given_by)
        whole = self._ledger.give_verdict(finding.fingerprint, verdict, reason, who.name)
        self._accounts.note("verdict", who, detail=f"{verdict} {whole}")
        return whole

    def _organs(self) -> frozenset[str] | None:
        """None for an account without a region."""
        return None if current.account().scope is None else self._organs_of_region()
