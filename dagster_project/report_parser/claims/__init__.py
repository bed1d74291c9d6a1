"""Figures and denials that the prose states, each with its sentence.

A clause makes a claim only when it names one thing and one figure, of the report's own year, and says nothing besides that the
figure might depend on. Anything less certain is no claim.

- `kinds.py`: what can be claimed, as data
- `prose.py`: the sections as running text, its sentences and their skeletons
- `figures.py`: the counted figures of a sentence
- `reading.py`: what a sentence claims, worked out once for each skeleton
- `applications.py`, `disputes.py`, `disclosures.py`, `channels.py`: what a figure is of
- `denials.py`: 未收到申请 and the like
"""

from .kinds import CLAIM_KINDS, ClaimKind
from .reading import read_claims

__all__ = ["CLAIM_KINDS", "ClaimKind", "read_claims"]
