"""What a figure says of the channels by which information was published."""

from __future__ import annotations

import re

from .figures import Figure

_WORDS = {
    "short_video": ("微信视频号", "抖音", "快手", "视频号", "短视频"),
    "chat_group": ("微信群", "QQ群", "工作群"),
    "mini_program": ("微信小程序", "小程序"),
    "weibo": ("微博",),
    "wechat": ("微信公众平台", "微信公众号", "微信", "公众号"),
    "new_media": ("新媒体",),
    "app": ("客户端", "APP", "App", "app"),
    "website": (
        "门户网站",
        "门户网",
        "政府网站",
        "政府网",
        "政务网站",
        "政务网",
        "信息公开网站",
        "信息公开网",
        "官网",
        "网站",
    ),
    "gazette": ("公报",),
    "newspaper": ("报纸", "报刊", "日报", "晚报"),
    "broadcast": ("广播", "电视", "大喇叭"),
    "notice_board": ("公告栏", "公开栏", "公示栏", "宣传栏", "显示屏", "电子屏", "公示牌", "公开墙"),
    "unlisted": ("头条", "百家号", "澎湃", "知乎", "小红书", "哔哩", "B站", "论坛", "贴吧"),
}
"""The words for each channel; unlisted are those that no code stands for, so that they are taken for no other."""
_CODES = {word: code for code, words in _WORDS.items() for word in words}
_LOCAL_APP = r"云上[\u4e00-\u9fff]{2}"
_CHANNEL = re.compile("|".join([*sorted(_CODES, key=len, reverse=True), _LOCAL_APP]))
_NEW_MEDIA = frozenset({"new_media", "wechat", "weibo", "short_video", "app", "mini_program", "chat_group"})
_UNITS = frozenset("条篇期则件")
_VIDEO_UNITS = _UNITS | frozenset("个部")
_PUBLISHED = re.compile(
    "公开(?!栏|平台|网|情况|工作|指南|专栏|申请|墙)|发布|公布|推送|更新|公示(?!栏|牌)|刊发|刊登|张贴|编发|播放|发文"
)
_PLAIN = re.compile(
    r"(?:“[^”]{0,20}”|《[^》]{0,30}》|\"[^\"]{0,20}\"|平台|账号|号|渠道|栏目|上|等|主动|同步|及时|依法|全年|本年度?|今年|累计|共计|共|总计|合计|"
    r"公开|发布|公布|推送|更新|公示|刊发|刊登|张贴|编发|播放|发文|了|各类|各项|各种|相关|有关|政府|政务|党务|村务|工作|动态|最新|图文|原创|公众|"
    r"文章|信息|消息|内容|资讯|稿件|推文|视频|短视频|作品|公告|通知|图片|微博|的|和|及|、|宣传)*+"
)
_LISTED = re.compile(
    r"(?:公开|发布|公布|推送|更新|公示).{0,60}等(?:方面|各类|各项|多方面|相关|政务|政府|工作|动态|内容|的)*(?:信息|内容)$"
)
_BY = re.compile("通过|依托|利用|运用|借助|充分发挥|以.{0,10}为")
_WHOLE = re.compile(
    r"(?:20\d\d年度?|本年度?|全年度?|今年(?:以来)?|年内|我们|(?:我|本)(?:街道|苏木|地区|机关|单位|部门|级|[镇乡县市区省州盟旗局委办处院厅队站])|全[镇乡县市区省州局办]|"
    r"通过(?:各类|各种|多种|各)(?:渠道|方式|形式|途径|平台)|依法|及时|主动|向社会|对外|已|共计|共|累计|总计|合计|,)*+"
    r"(?:[\u4e00-\u9fff]{2,14}(?<!专)(?<!社)(?<!园)(?:政府|[镇乡县市区局委办]|街道|办事处))?"
    r"(?:20\d\d年度?|本年度?|全年度?|今年(?:以来)?|通过(?:各类|各种|多种|各)(?:渠道|方式|形式|途径|平台)|"
    r"依法|及时|向社会|对外|已|共计|共|累计|总计|合计)*+"
    r"(?P<verb>主动公开|公开发布|公开|发布|公布)了?的?(?:各类|各项|相关|有关)?(?:政府|政务)?(?:公开)?信息(?:内容)?(?:共计|共|累计|总计|合计)*$"
)
_ALTOGETHER = re.compile("累计|共计|总计|合计|(?<!公)共(?!同|享|和|服|建|产)|各类|等")
_ALIEN = re.compile(
    "访问|浏览|阅读|点击|粉丝|关注|留言|回复|答复|来信|咨询|投诉|评论|错|整改|清理|删除|撤|失效|报送|上报|投稿|采用|采纳|意见|建议|转发|互动|"
    "申请|信访|热线|来电|提案|培训|会议|检查|抽查|监测|依申请|不予"
)


def channels_in(text: str) -> list[str]:
    """The codes of the channels that `text` names, each once, in printed order; 微信等新媒体 names new_media alone."""
    codes = list(dict.fromkeys([_CODES.get(word, "app") for word in _CHANNEL.findall(text)]))
    return [code for code in codes if code not in _NEW_MEDIA or code == "new_media"] if "new_media" in codes else codes


def channel_code(figure: Figure) -> str | None:
    """The channel by which `figure` pieces were published, "all" for a stated whole, None where that is not certain."""
    own = figure.own
    if figure.unit not in _VIDEO_UNITS or _ALIEN.search(own) or _ALIEN.search(figure.tail[:4]):
        return None
    named = channels_in(own)
    if len(named) == 1:
        return _one_channel(figure, named[0])
    if not _PUBLISHED.search(own):
        return None
    if named:
        is_whole = _ALTOGETHER.search(own) and not _NEW_MEDIA.issuperset(named) and figure.is_first
        return "all" if is_whole and _is_general(own) else None
    if figure.unit not in _UNITS:
        return None
    leading = channels_in(figure.lead) if _BY.search(figure.lead) else []
    is_led = len(leading) == 1 and "等" not in figure.lead
    if is_led and "方式" not in figure.lead:
        return _led_channel(figure, leading[0])
    whole = _WHOLE.match(own)
    if whole is None or "其中" in figure.before or is_led:
        return None
    return "all" if figure.is_first or _ALTOGETHER.search(own) else None


def is_unnamed_part(figure: Figure, channel: Figure) -> bool:
    """Whether `figure` may count what `channel`'s clause goes on with: 网站发布动态102条，党务公开22条."""
    between = figure.before[channel.end :]
    return bool(
        figure.unit in _UNITS
        and _PUBLISHED.search(figure.own)
        and not _ALIEN.search(figure.own)
        and not channels_in(between)
        and not any(mark in between for mark in ";()其")
    )


def _one_channel(figure: Figure, code: str) -> str | None:
    own = figure.own
    if code == "unlisted" or (figure.unit not in _UNITS and code != "short_video"):
        return None
    last = list(_CHANNEL.finditer(own))[-1].end()
    rest = own[last:]
    if not (_PLAIN.fullmatch(rest) or _LISTED.search(rest)):
        return None
    return code if _PUBLISHED.search(own) or _PUBLISHED.search(figure.before) else None


def _led_channel(figure: Figure, code: str) -> str | None:
    """The channel of a clause that follows one such as 通过政府网站."""
    if code == "unlisted" or not _PUBLISHED.search(figure.own):
        return None
    return code if _WHOLE.match(figure.own) or _PLAIN.fullmatch(figure.own) else None


def _is_general(own: str) -> bool:
    return bool(
        _LISTED.search(own) or re.search("(?:公开|发布|公布|推送)(?:了|各类|各项|相关)*(?:政府|政务)?信息$", own)
    )
