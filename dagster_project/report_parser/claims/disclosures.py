"""What a figure says of the documents, decisions and fees that table 2 counts."""

from __future__ import annotations

import re

from .figures import Figure

_UNITS = frozenset("件条项份宗起例个部")
_DOCUMENT = {"规章": "rules", "规范性文件": "normative_documents"}
_ACT = r"(?:制发及主动公开|制定并公开|新?制发|新?制定|出台|印发|发布|新制作)"
_HINT = re.compile("[行规制发台止效]")
"""A character of every wording below: most figures are told by it to be of something else."""
_DOCUMENT_OWN = re.compile(
    rf"{_ACT}(?:的|了)?(?:行政)?(?P<issued>规章|规范性文件)$|"
    r"(?:废止|宣布废止)(?:的|了)?(?:行政)?(?P<repealed>规章|规范性文件)$|"
    r"现行有效(?:的)?(?:行政)?(?P<in_force>规章|规范性文件)$|"
    r"(?:行政)?(?P<in_force_after>规章|规范性文件)现行有效$|"
    r"(?:行政)?(?P<issued_after>规章|规范性文件)(?:本年|全年)?(?:制发|新制发)$"
)
_LEFT_OUT = re.compile(r"(?P<issued>新?制发|新制定|新出台)$|(?P<repealed>废止)$|(?P<in_force>现行有效)$")
_DOCUMENT_TAIL = re.compile(r"的?(?:行政)?(规章|规范性文件)$")
_LAST_DOCUMENT = re.compile(r".*(规章(?!制度)|规范性文件|(?<!规范性)文件|公文|政策)", re.DOTALL)
_ISSUED = re.compile(rf"{_ACT}$")
_DECISION = re.compile(
    r"(?P<verb>作出|做出|实施|办理|处理)?的?行政(?:许可|处罚|强制)"
    r"(?P<decided>(?:处理)?决定)?(?:数量|案件)?$"
)
_DECISIONS = re.compile("行政(许可|处罚|强制)")
_DECISION_CODES = {"许可": "licences", "处罚": "penalties", "强制": "coercive_measures"}
_FEE = re.compile(r"(?:收取)?行政事业性收费(?:金额|总额|收入|费用)?$")
_ALIEN = re.compile(
    "解读|清理|备案|审查|审核|修订|修改|转发|评估|征求|汇编|公示|信息|目录|清单|事项|部门|所属|乡镇|撤销|未|不予|失效"
)
_LISTS = re.compile("清单|权力|权责|职权|目录|梳理|承接|下放|取消|专栏")


def disclosure_codes(figure: Figure, sentence: str) -> tuple[str, ...]:
    """The codes within kind disclosure of a figure of `sentence`. A 0 may be said of several decisions (均为 0 件)."""
    own = figure.own
    if figure.unit in ("元", "万元"):
        return ("fee_yuan" if figure.unit == "元" else "fee_wan",) if _FEE.search(own) else ()
    if figure.unit not in _UNITS or not _HINT.search(own) or _ALIEN.search(own):
        return ()
    if "行政" in own and (decision := _DECISION.search(own)):
        return () if _LISTS.search(sentence) else _decision_codes(figure, decision)
    if match := _DOCUMENT_OWN.search(own):
        if "规章" in own and "规范性文件" in own and figure.value:
            return ()
        kind = (match.lastgroup or "").removesuffix("_after")
        return tuple(f"{code}_{kind}" for word, code in _DOCUMENT.items() if word in own)
    if (measured := _LEFT_OUT.search(own)) or _ISSUED.search(own):
        measure = measured.lastgroup if measured else "issued"
        if tail := _DOCUMENT_TAIL.match(figure.tail):
            return (f"{_DOCUMENT[tail[1]]}_{measure}",)
        # 现行有效的规范性文件50件，其中本年新制发6件: the second figure is of what the sentence named last.
        named = _LAST_DOCUMENT.match(figure.before)
        if measured and named and not figure.tail and named[1] in _DOCUMENT:
            return (f"{_DOCUMENT[named[1]]}_{measure}",)
    return ()


def decisions_in(text: str) -> list[str]:
    """The codes of the decisions that `text` names (行政许可、行政处罚), in printed order."""
    return [_DECISION_CODES[word] for word in _DECISIONS.findall(text)]


def _decision_codes(figure: Figure, decision: re.Match[str]) -> tuple[str, ...]:
    named = decisions_in(figure.own)
    if len(named) > 1:
        return () if figure.value else tuple(named)
    is_certain = decision["decided"] or (decision["verb"] and decision["verb"] != "办理") or not decision.start()
    return tuple(named) if is_certain else ()
