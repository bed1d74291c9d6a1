"""The rule catalogue (勾稽关系): what a report must satisfy, each rule defined once."""

from __future__ import annotations

from . import arithmetic, copies, families, filing, form, narrative, outliers, years
from .rule import PREPARED, REPORT_TABLES, Rule, Scope, Severity, enumeration

__all__ = ["PREPARED", "REPORT_TABLES", "RULES", "Rule", "Scope", "Severity", "enumeration"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *arithmetic.RULES,
            *filing.RULES,
            *form.RULES,
            *years.RULES,
            *narrative.RULES,
            *copies.RULES,
            *outliers.RULES,
            *families.RULES,
        ),
        key=lambda rule: (rule.rule_id[0], int(rule.rule_id[1:])),
    )
)
"""Every rule, in the order of its id: H for hard rules, S for soft ones."""
