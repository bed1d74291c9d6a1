"""What the prose says there was none of: 未收到政府信息公开申请 and the like.

A clause is read whole: it denies a thing only where nothing in it narrows the thing down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .applications import PART_OF_US, WAYS

TRIGGER = re.compile("[未没无均全](?:(?<!全)|部)")

_NOT = r"(?:未曾|未|没有|没|无|从未|不存在|均未|均无|尚未|尚无|暂无|暂未|也没有|也未|也无)"
_WHO = r"(?:[^,;:]{0,24}?)"
_ANYONE = (
    r"(?:任何|有关|关于|相关|涉及|公民|法人|自然人|和|或者|或|、|及|与|其他组织|社会公众|群众|公众|单位|个人|企业|人|以各种形式|各类|各种形式|"
    r"要求|提出|提交|申请|书面|向|(?:我|本)(?:街道|苏木|地区|机关|单位|部门|级|[镇乡县市区省州盟旗局委办处院厅队站])|到|过|的|对|新的|新)*+"
)
_INFORMATION = (
    r"(?:(?:政府|政务)?信息依?申请公开|依申请公开(?:政府信息)?|(?:政府|政务)?信息公开|公开(?:政府|政务)?信息)"
)
_RECEIVED = re.compile(
    rf"{_WHO}{_NOT}(?:收到|接到|受理|接收|收悉|新收|新增|产生|发生)?{_ANYONE}{_INFORMATION}(?:的|政府信息|信息)*+"
    r"(?:申请书|申请件|申请表|申请|事项|内容|要求)?(?:案件|事项|件|的)*+(?:情况|情形)?"
)
_RECEIVED_ANY = re.compile(
    rf"{_WHO}{_NOT}(?:收到|接到|受理|接收|新收)(?:过|到)?(?:任何|有关|相关|书面|公开)*+(?:申请|申请件)"
)
_RECEIVED_PLAIN = re.compile(
    rf"(?:20\d\d年度?|本年度?|全年|今年|年内|我们|(?:我|本)(?:街道|苏木|地区|机关|单位|部门|级|[镇乡县市区省州盟旗局委办处院厅队站])|共)*+"
    rf"{_NOT}(?:收到|接到|接收)(?:过|到)?(?:任何)?申请"
)
"""The year and who reports, nothing else: in a report on disclosure, the applications are those for disclosure."""
_OTHER_APPLICATION = re.compile("救助|低保|补贴|补助|贷款|公积金|许可|登记|入党|听证|复议|赔偿|信访|仲裁|执行|资助")
_NOT_AN_APPLICATION = re.compile(
    "复议|诉讼|投诉|举报|收费|费用|处理费|异议|不予|超期|逾期|补正|争议|纠纷|泄密|责任|结转|办结"
)
_CARRIED_IN = re.compile(
    rf"{_WHO}{_NOT}(?:上一?年度?|去年)结转(?:来|过来)?(?:的)?(?:政府信息公开)?(?:申请|事项|件|案件|情况|的)*"
)
_CARRIED_FORWARD = re.compile(
    rf"{_WHO}{_NOT}(?:政府信息公开)?(?:申请)?(?:需要|需)?结转(?:至|到|下一?年度?|次年|继续办理|办理|的)*+(?:政府信息公开)?(?:申请|事项|件|案件|情况|的)*+"
)
_ALL_DONE = re.compile(
    r"(?:目前|现)?(?:均|已|全部|并)++(?:按时|按期|依法|依规|及时|如期|在法定期限内|按规定|按要求|予以|书面)*+"
    r"(?:办结|答复|办理完毕|办复|处理完毕|办理答复)(?:完毕|完成|申请人)?"
)
_EVERY = re.compile(rf"(?:对?(?:收到|受理)的)?(?:所有|全部)的?(?:{_INFORMATION}的?)?申请(?:件|事项)?(?=均|已|全部|并)")
_COUNTED_RECEIVED = re.compile(
    r"(?:新收|收到|受理|接收|接到)[^,;:]{0,30}(?:申请|公开)[^,;:]{0,8}[\d一二两三四五六七八九十百千]+[件条项份宗起例]$"
)
_COUNTED_CARRIED_IN = re.compile(r"(?:上一?年度?|去年)结转[^,;:]{0,12}[\d一二两三四五六七八九十百千]+[件条项份宗起例]$")
_HANDLED = re.compile("结转|办结|答复|办理|办复|处理完毕")
_DISPUTE_CAUSE = (
    r"(?:发生|出现|产生|收到|接到|引发|引起|导致|涉及|关于|有关|相关|针对|因|由|与|就|而|被|提起|申请|公民、法人(?:和|或者|或|及|、)其他组织|群众|"
    r"(?:政府|政务)?信息公开|依申请公开|工作|事项|公开(?:政府)?信息|(?:我|本)(?:街道|苏木|地区|机关|单位|部门|级|[镇乡县市区省州盟旗局委办处院厅队站])|方面|任何|的|过|向|对)*+"
)
_DISPUTE = re.compile(
    rf"{_WHO}{_NOT}{_DISPUTE_CAUSE}(?:行政复议|行政诉讼|复议|诉讼)"
    r"(?:申请|案件|案|事项|行为|情况|情形|现象|的|等|或者|或|和|及|与|、|被|因|提起|发生|行政|复议|诉讼|引起|引发|政府信息公开|工作)*+"
)
_NOT_ALL_DISPUTES = re.compile("未经|败诉|纠正|撤销|超期|逾期|尚未审结|未审结|应诉|维持|责令|复议后")
_DOCUMENTS = re.compile(
    rf"{_WHO}{_NOT}(?:新)?(?:制发|制定|出台|发布|印发|新增|制作)(?:过|任何|的)*(?:规章|行政规范性文件|规范性文件|、|和|及|或|与|以及)++(?:的情况|情况)?"
)
_DECISIONS = re.compile(
    rf"{_WHO}{_NOT}(?:作出|做出|实施|发生|办理|产生)?(?:过|任何)*(?:行政(?:许可|处罚|强制)(?:事项|决定|措施)?|许可|处罚|强制|、|和|及|或|与|以及|也)++(?:处理)?(?:决定|案件|事项)?(?:的情况|情况)?"
)
_WISHED = re.compile("确保|防止|避免|杜绝|力争|如果|假如|若|去年|上一?年(?!度?结转)|往年")
_PART_OF_YEAR = re.compile(
    r"半年|(?<!每)季度|(?<!\d)(?:[1-9]|1[01])月(?!\d)|(?<!十)[一二三四五六七八九十]月(?![一二三四五六七八九十])|月(?:底|末|份)"
)
_WHOLE_YEAR = re.compile("全年|年度|本年|今年|年内")
_OTHERS = re.compile(
    "各(?:乡|镇|街道|村|社区|部门|单位|科|县|市|区|站|局|级|地)|所属|下属|下级|基层|部分|个别|有的|多数|其他(?!组织)|其余|其中"
)
"""Who is not the one that reports, or not all of it."""
_NARROWED = re.compile("就|关于|针对|方面|其中|如|若|凡|涉密|重大|不当|违法")
_FEE = re.compile(
    rf"{_WHO}(?:{_NOT}|不)(?:向[^,;:]{{1,16}})?(?:收取|产生|发生|涉及|征收|收)?(?:过|任何|的|相关|有关|申请人|信息公开|政府信息公开|依申请公开|政府信息)*"
    r"(?:信息处理费|处理费|行政事业性收费|费用|收费|检索费|、|复制费|邮寄费)++用?(?:的|等|情况|情形|任何|行为)*"
)
_FEE_HEADED = re.compile(r".{0,6}信息处理费.{0,8}:(?:20\d\d年度?,?)?(?:我[\u4e00-\u9fff]{1,2})?无")
_INFORMATION_FEE = re.compile("信息|处理费|依申请|检索费|复制费|申请")
_ACTS = (
    ("规章", "rules_issued"),
    ("规范性文件", "normative_documents_issued"),
    ("许可", "licences"),
    ("处罚", "penalties"),
    ("强制", "coercive_measures"),
)
_HINT = re.compile("[议讼费范章行转结复理请毕]")
"""A character of every wording above: most sentences are told by it to deny something else."""
_CLAUSE_MARKS = re.compile(r"[,;:()。!?\n]")


def denials(text: str, *, is_about_applications: bool, is_about_disclosure: bool) -> Iterator[str]:
    """The codes within kind none that the folded sentence `text` states, each for what it says there was none of.

    `is_about_applications` says that its surroundings speak of applications; `is_about_disclosure` that a dispute it names is
    one about disclosure.
    """
    if not _HINT.search(text):
        return
    if "处理费" in text and _FEE_HEADED.match("".join(text.split())):
        yield "processing_fee"
    clauses = ["".join(clause.split()) for clause in _CLAUSE_MARKS.split(text)]
    is_of_part = False
    before = ""
    for index, clause in enumerate(clauses):
        is_of_part = bool(_PART_OF_YEAR.search(clause)) or (is_of_part and not _WHOLE_YEAR.search(clause))
        if TRIGGER.search(clause) and not (is_of_part or _WISHED.search(clause) or _OTHERS.search(clause)):
            if "复议" in clause or "诉讼" in clause:
                if is_about_disclosure:
                    yield from _disputes(clause)
            elif "费" in clause:
                yield from _fees(clause, before)
            elif "规范性文件" in clause or "规章" in clause or "行政" in clause:
                yield from _acts(clause)
            elif _HANDLED.search(clause):
                if is_about_applications:
                    yield from _carried(clause, clauses[:index])
            elif "申请" in clause and not _NOT_AN_APPLICATION.search(clause) and not _NARROWED.search(clause):
                received = _RECEIVED.fullmatch(clause) or (is_about_applications and _RECEIVED_ANY.fullmatch(clause))
                if received or (_RECEIVED_PLAIN.fullmatch(clause) and not _OTHER_APPLICATION.search(text)):
                    yield "application_received"
        before = clause


def _disputes(clause: str) -> Iterator[str]:
    if not _NOT_ALL_DISPUTES.search(clause) and _DISPUTE.fullmatch(clause):
        if "复议" in clause:
            yield "dispute_reconsideration"
        if "诉讼" in clause:
            yield "dispute_litigation"


def _fees(clause: str, before: str) -> Iterator[str]:
    if _FEE.fullmatch(clause):
        if "行政事业性收费" in clause:
            yield "fees"
        elif _INFORMATION_FEE.search(before + clause):
            yield "processing_fee"


def _acts(clause: str) -> Iterator[str]:
    if not _NARROWED.search(clause) and (_DOCUMENTS.fullmatch(clause) or _DECISIONS.fullmatch(clause)):
        for word, code in _ACTS:
            if word in clause:
                yield code


def _carried(clause: str, before: Sequence[str]) -> Iterator[str]:
    if _CARRIED_IN.fullmatch(clause):
        yield "application_carried_in"
    elif _CARRIED_FORWARD.fullmatch(clause):
        yield "application_carried_forward"
    elif every := _EVERY.match(clause):
        if _ALL_DONE.fullmatch(clause, every.end()):
            yield "application_carried_forward"
    elif _ALL_DONE.fullmatch(clause) and _tell_all_received(before):
        yield "application_carried_forward"


def _tell_all_received(clauses: Sequence[str]) -> bool:
    """Whether the last clause counts the year's applications, so that 均已办结 after it is said of all of them."""
    last = clauses[-1] if clauses else ""
    if _COUNTED_CARRIED_IN.search(last):
        last = clauses[-2] if len(clauses) > 1 else ""
    return bool(_COUNTED_RECEIVED.search(last)) and not (
        _OTHERS.search(last) or WAYS.search(last) or PART_OF_US.search(last)
    )
