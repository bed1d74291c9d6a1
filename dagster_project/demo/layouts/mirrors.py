"""What a web site puts around and into a report: navigation, an index card, share buttons, advertising."""

from __future__ import annotations

from datetime import date
from random import Random

from ..blocks import Block, PrintedDocument, PrintedTable, TableCell, Text

_BREADCRUMBS = (
    "首页 > 政务公开 > 政府信息公开年报 > 正文",
    "您当前的位置：网站首页 >> 政府信息公开 >> 政府信息公开年报",
    "当前位置： 首页 / 信息公开 / 年度报告",
)
_MENUS = (
    "网站首页 政务动态 信息公开 办事服务 互动交流",
    "首页｜要闻｜公开｜服务｜互动｜数据",
    "无障碍阅读 手机版 登录 注册",
)
_ADVERTISING = (
    "扫一扫在手机打开当前页",
    "【字体：大 中 小】 打印 收藏",
    "分享到：微信 微博 QQ空间",
    "推广：本地招聘网 每天更新5000个职位，点击查看",
    "限时优惠：办公用品满300减50",
    "广告 下载客户端领取88元红包",
    "相关阅读：关于2019年国庆节放假安排的通知",
    "本页面已被浏览 1273 次",
)
_FOOTERS = (
    "上一篇：没有了 下一篇：机构职能",
    "主办单位见页首 网站标识码：0000000000",
    "关于我们 | 网站地图 | 联系我们 | 版权声明",
)


def mirrored(document: PrintedDocument, rng: Random, organ: str, published_on: date) -> PrintedDocument:
    """The document as a portal shows it: breadcrumbs and an index card above, advertising between paragraphs, links below."""
    above: list[Block] = [Text("navigation", rng.choice(_MENUS)), Text("navigation", rng.choice(_BREADCRUMBS))]
    above += _index_card(document, rng, organ, published_on)
    blocks: list[Block] = []
    paragraphs = [
        index for index, block in enumerate(document.blocks) if isinstance(block, Text) and block.role == "paragraph"
    ]
    chosen = set(rng.sample(paragraphs, min(3, len(paragraphs))))
    for index, block in enumerate(document.blocks):
        blocks.append(block)
        if index in chosen:
            blocks.append(Text("navigation", rng.choice(_ADVERTISING)))
    below = [Text("navigation", text) for text in (rng.choice(_ADVERTISING), rng.choice(_FOOTERS))]
    return PrintedDocument((*above, *blocks, *below))


def _index_card(document: PrintedDocument, rng: Random, organ: str, published_on: date) -> list[Block]:
    number = f"{rng.randint(10**8, 10**9 - 1)}/{published_on.year}-{rng.randint(1, 99999):05}"
    day = published_on.isoformat()
    if rng.random() < 0.5:
        card = (
            (TableCell("索 引 号"), TableCell(number), TableCell("发布机构"), TableCell(organ)),
            (TableCell("发布日期"), TableCell(day), TableCell("主题分类"), TableCell("政府信息公开年报")),
            (TableCell("标　　题"), TableCell(document.title, columns=3)),
        )
        return [PrintedTable("index_card", card)]
    return [
        Text("navigation", f"索引号：{number} 发布机构：{organ}"),
        Text("navigation", f"发布日期：{day} 来源：{organ}"),
    ]
