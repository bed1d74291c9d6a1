"""Sections 五 and 六 taken apart: what is wrong, what is to be done about it, and what is said of 信息处理费."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .document import fold
from .memo import Memo
from .model import Section

_NUMBER = r"[ \t]*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.,:]{1,2}[ \t]*)?"
_START = rf"[\n。;]{_NUMBER}"
"""How a sentence begins, and the mark before it."""
_SUBJECT = r"(?:20\d\d年,?)?(?:(?:我[\u4e00-\u9fff]{1,3}|本[\u4e00-\u9fff]{1,3}),?)?"
_MEASURES = re.compile(
    rf"{_START}(?:针对(?!性)|(?:下一?步|今后|下一年度?|明年)|为此,?{_SUBJECT}|"
    r"(?:主要|具体|拟采取的?)?(?:的)?(?:改进|整改|解决)(?:问题)?的?(?:措施|情况|意见|办法|方向|打算|计划|方案)|"
    r"具体(?:的)?(?:解决办法|措施|做法)|(?:工作|主要|今后)?(?:措施|打算)[:。]|"
    rf"{_SUBJECT}将(?:采取|从|进一步|重点|继续|着力|围绕|针对|以|按照|加强|不断|认真|严格|着重|坚持|在|做好))"
)
_PROBLEMS = re.compile(rf"{_START}(?:[^。;\n]{{0,40}}?)(?:存在|问题|不足|短板|薄弱)")
_FEE = re.compile("信息处理费|处理费|收取[^。]{0,12}费|收费|未收取|减免")
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?\n?")
_HEADING = re.compile(r"(?!.*(?:未|没有|无|\d元|减免.*(?:户|件|人))).{0,40}(?:情况|处理费|收费)[:。]?\s*$", re.DOTALL)


class Problems(NamedTuple):
    """The two halves of section 五 and the sentences of section 六 on 信息处理费, as printed; None where the report has none."""

    problems: str | None
    measures: str | None
    processing_fee: str | None


def read_problems(sections: Sequence[Section], fold: Callable[[str], str] = fold) -> Problems:
    """What the last two sections say; `fold` folds what their document prints: that of `Document` is quicker.

    A fifth section in which no words part problems from measures is taken for problems, or for measures where it names no
    problem.
    """
    texts = {code: text for code, _, text, _ in sections}
    problems, measures = _halves(texts.get("problems", ""), fold)
    return Problems(problems, measures, _fees_said[texts.get("other", "")])


def _halves(text: str, fold: Callable[[str], str]) -> tuple[str | None, str | None]:
    folded = "\n" + fold(text)  # a mark before every sentence: where it stands here, the sentence begins in `text`
    measures = _MEASURES.search(folded)
    if measures is None:
        return text.strip() or None, None
    first, second = text[: measures.start()].strip(), text[measures.start() :].strip()
    if not first and (problems := _PROBLEMS.search(folded, measures.end() - 1)):
        # Measures first: the problems begin where they are named after them.
        first, second = text[problems.start() :].strip(), text[: problems.start()].strip()
    return first or None, second or None


def _processing_fee(text: str) -> str | None:
    if not _FEE.search(text):
        return None
    said: list[str] = []
    is_headed = False
    for sentence in _SENTENCE.findall(text):
        is_about_fee = bool(_FEE.search(sentence))
        if is_about_fee or is_headed:
            if is_headed and is_about_fee:
                said.pop()  # the heading adds nothing to a sentence that names the fee itself
            said.append(sentence)
        is_headed = is_about_fee and bool(_HEADING.match(sentence))
    return "".join(said).strip() or None


_fees_said = Memo(_processing_fee, most=2_048, longest=200)
"""Most reports say the same in section 六."""
