"""What a figure says of applications for disclosure (依申请公开)."""

from __future__ import annotations

import re

from .figures import Figure

UNITS = frozenset("件条项份宗起例个")

_OBJECT = r"(?:依申请公开|政府信息依申请公开|(?:政府|政务)?信息公开|公开(?:政府|政务)?信息)"
_APPLICATION = (
    rf"(?:{_OBJECT}(?:政府信息|信息)?的?)?(?:申请)?(?:公开)?(?:政府信息)?的?(?:事项|案件|申请书|申请表|申请件|办件|件)?"
)
_ANYONE = r"(?:各类|有关|相关|社会公众|群众|公众|公民、法人(?:和|或者|或|及|、)其他组织|申请人|提出|提交|书面|的)"

_OUTCOME = (
    r"(?P<partially_granted>部分公开)|(?P<denied>不予公开)|(?P<granted>(?:予以|同意)公开)|"
    r"(?P<not_held>(?:本机关|本单位|我[\u4e00-\u9fff])?不掌握(?:相关)?(?:政府)?信息(?:而|,)?(?:无法提供)?)|(?P<unavailable>无法提供)|"
    r"(?P<rejected>不予处理)|(?P<other_handling>其他处理)"
)
_OWN = re.compile(
    rf"(?P<carried_in>(?:上一?年度?|去年)结转(?:过来|而来|来)?的?{_APPLICATION})$|"
    rf"(?P<carried_forward>结转(?:至|到|入)?(?:下|次)一?年度?(?:继续)?(?:办理|处理|答复)?的?{_APPLICATION})$|"
    rf"(?P<processed>(?:办结|办理完毕|办复|答复|办理答复|处理完毕|办理结果)的?{_APPLICATION})$|"
    rf"(?P<handled>办理(?:{_OBJECT}的?申请|依申请公开)(?:事项|案件|件)?)$|"
    rf"(?P<received>(?:新收|收到|受理|接收|接到|新增)(?:过|到)?{_ANYONE}{{0,4}}{_APPLICATION})$|"
    rf"(?:{_OUTCOME})的?(?:政府信息)?(?:申请)?$"
)
_WAY = re.compile(
    r"(?:(?P<in_person>当面|现场)|(?P<letter>信函|邮寄|来函)|(?P<online>网络|网上|在线|互联网)|(?P<fax>传真))(?:方式|形式|渠道|途径)?"
    rf"(?:提交|提出|提起|受理|收到|接收|新收)?的?{_APPLICATION}$"
)
WAYS = re.compile(r"当面|现场|信函|邮寄|来函|网络|网上|在线|互联网|网站|平台|系统|传真|邮件|邮箱|电话|窗口|微信")
_APPLICANT = re.compile(
    r"(?:其中|从申请人[\u4e00-\u9fff]{0,4}看|按申请人[\u4e00-\u9fff]{0,4}分|申请人|来自|由|为|有|属于|属|于)*+"
    r"(?:(?P<received_natural_person>自然人|公民个人)|(?P<received_commercial>商业企业)|(?P<received_research>科研机构)|"
    r"(?P<received_public_welfare>社会公益组织)|(?P<received_legal_service>法律服务机构))(?:提出|提交|申请|的)*+"
)
_AFTER_HANDLING = re.compile("公开(?=[^,;:]*件)(?<!信息公开)|办结|答复|办理|结转|提供|处理|补正|撤")
"""What stands before the applicants where these may be told of the outcomes, not of what was received."""
_TAIL_OUTCOME = re.compile(rf"(?:为|属于|属|依法|决定)?(?:{_OUTCOME})(?:的|申请|政府信息)*$")
_TAIL_CARRIED = re.compile(
    r"(?:申请|需|将|按规定)?结转(?:至|到|入)?(?:下|次)一?年|"
    r"(?:申请)?(?:尚|仍|还)?(?:在(?:法定)?(?:办理|答复)?期限(?:之?内)?|(?:正)?在(?:办理|处理)(?:之?中|过程中))$"
)
_TAIL_APPLICATION = re.compile(rf"的?{_OBJECT}的?申请|的?依申请公开")
_NO_OWN = re.compile(r"(?:其中|另有?|尚有?|还有?|其余|剩余|余下|有|余)?$")
_DISCLOSURE = re.compile("信息公开|公开信息|公开政府信息|公开申请|新收")
PART_OF_US = re.compile(r"我[市县区省州镇乡][\u4e00-\u9fff]{1,12}(?:[局委办厅镇乡]|街道)")
_TWO_OUTCOMES = re.compile("公开(?:和|及|或|与|、)(?:不予|予以|部分)?(?:部分)?公开")
_ALIEN = re.compile(
    "信访|热线|咨询|复议|诉讼|举报|投诉|来信|来电|救助|低保|补正|撤回|许可|处罚|建议|提案|议案|贷款|补贴|公积金|登记|办件量|留言|工单|案卷|延期|逾期"
)
_PARTIAL_ANSWER = re.compile("书面|口头|当面|电话|邮|部分|当场|提前|超期|未|不予|解答|回复")


def speaks_of_applications(words: str) -> bool:
    """Whether `words` say by themselves that they speak of applications for disclosure, and not of others."""
    return "依申请" in words or ("申请" in words and bool(_DISCLOSURE.search(words)))


def application_code(figure: Figure) -> str | None:
    """The code of the figure, of which it is known that the sentence speaks of applications for disclosure."""
    own, tail = figure.own, figure.tail
    if figure.unit not in UNITS or _ALIEN.search(own) or _ALIEN.search(tail):
        return None
    if way := _WAY.search(own):
        return way.lastgroup if len(WAYS.findall(own)) == 1 else None
    if (applicant := _APPLICANT.fullmatch(own)) and tail in ("", "申请"):
        return None if _AFTER_HANDLING.search(figure.before) else applicant.lastgroup
    if match := _OWN.search(own):
        code = match.lastgroup
        ahead = own[: match.start()]
        if code in ("processed", "handled"):
            return None if _PARTIAL_ANSWER.search(ahead) or "收到" in ahead or "受理" in ahead else "processed"
        if code == "received":
            if "其中" in own or "不予" in ahead or WAYS.search(ahead) or PART_OF_US.search(ahead):
                return None
            is_named = "申请" in match[0] or match[0].startswith("新收") or _TAIL_APPLICATION.match(tail)
            return code if is_named else None
        if code in ("granted", "partially_granted"):
            return None if _TWO_OUTCOMES.search(own) else code
        return code
    if _NO_OWN.match(own):
        if _TAIL_CARRIED.match(tail):
            return "carried_forward"
        if outcome := _TAIL_OUTCOME.match(tail):
            return outcome.lastgroup
    return None
