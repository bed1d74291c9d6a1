"""The index card that a web page prints with a document: 索引号, 发布机构, 发布日期, ….

Read where it stands above the report: as table rows of labels and values, as `label: value` text, or a label a line with its
value on the next. What does not belong here: what a value proves (`identity.py`).
"""

from __future__ import annotations

import re
from datetime import date

from .dates import first_date

PUBLISHED = (
    "发布日期",
    "发布时间",
    "公开日期",
    "公开时间",
    "公布日期",
    "公布时间",
    "发文时间",
    "生成日期",
    "生成时间",
    "日期",
    "时间",
)
"""Labels of the date of publication, the most telling first."""
WRITTEN = ("成文日期", "成文时间", "印发日期", "落款日期")
"""Labels of the date on which the document was signed."""
ISSUER = (
    "发布机构",
    "发文机关",
    "发文机构",
    "发布单位",
    "公开机构",
    "公开单位",
    "公开主体",
    "制发机关",
    "发文单位",
    "编制单位",
    "信息来源",
    "来源",
)
"""Labels of the organ, the most telling first."""
_OTHERS = (
    "索引号", "索取号", "信息索引", "信息索引号", "统一编号", "主题分类", "主题词", "体裁分类", "组配分类", "服务对象", "信息分类",
    "所属分类", "分类", "公开方式", "公开形式", "公开范围", "公开时限", "公开类别", "有效性", "效力状态", "文号", "发文字号", "发文文号",
    "文件编号", "名称", "标题", "信息名称", "文件名称", "关键词", "关键字", "内容概述", "有效期", "废止日期", "生效日期", "责任编辑",
    "作者", "浏览", "阅读", "点击", "浏览次数", "浏览量", "阅读次数", "点击数", "点击量", "访问量", "字体", "字号", "更新时间", "更新日期",
)  # fmt: skip
LABELS = frozenset((*PUBLISHED, *WRITTEN, *ISSUER, *_OTHERS))

_BY_LENGTH = sorted(LABELS, key=len, reverse=True)
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])({'|'.join('[ ]{0,4}'.join(label) for label in _BY_LENGTH)})[ ]{{0,4}}:", re.MULTILINE
)
_BRACKETED = re.compile(r"【([^【】]{2,8})】:?")
_MAX_LABEL = 40
"""A label is short, with spaces between its characters and brackets around it."""
_MAX_VALUE = 120
_MAX_PAIRS = 40
_EDGES = " []【】()"

Pairs = tuple[tuple[str, str], ...]


def read_metadata(head: str) -> Pairs:
    """(label, value) of the card in the folded text above the report, in printed order; values as printed, blank ones left
    out."""
    pairs: list[tuple[str, str]] = []
    parts = [part.strip() for part in head.replace("\t", "\n").replace("|", "\n").split("\n")]
    for index, part in enumerate(parts):
        if not part:
            continue
        if len(pairs) >= _MAX_PAIRS:
            break
        if "【" in part:
            part = _BRACKETED.sub(lambda match: f" {match[1]}:" if match[1] in LABELS else match[0], part)
        if ":" in part:
            pairs += _flat_pairs(part, parts, index)
        elif (
            len(part) <= _MAX_LABEL
            and (label := "".join(part.split()).strip(_EDGES)) in LABELS
            and (value := _value_after(parts, index))
        ):
            pairs.append((label, value))
    return tuple(pairs)


def value_of(metadata: Pairs, labels: tuple[str, ...]) -> str | None:
    """The value under the first of `labels` that the card has."""
    by_label = dict(reversed(metadata))
    return next((by_label[label] for label in labels if label in by_label), None)


def date_under(metadata: Pairs, labels: tuple[str, ...]) -> date | None:
    """The date under the first of `labels` that has one."""
    if not metadata:
        return None
    by_label = dict(reversed(metadata))
    found = (first_date(by_label[label]) for label in labels if label in by_label)
    return next((day for day in found if day), None)


def _flat_pairs(part: str, parts: list[str], index: int) -> list[tuple[str, str]]:
    labels = list(_LABEL.finditer(part))
    pairs = []
    ends = [label.start() for label in labels[1:]]
    for label, end in zip(labels, [*ends, len(part)], strict=False):
        value = part[label.end() : end].strip(_EDGES)
        if not value and end == len(part):
            value = _value_after(parts, index)
        if value and len(value) <= _MAX_VALUE and not {"。", ";"} & set(value):
            pairs.append(("".join(label[1].split()), value))
    return pairs


def _value_after(parts: list[str], index: int) -> str:
    """What stands in the next part, unless that is a label itself."""
    value = next((part for part in parts[index + 1 : index + 3] if part), "")
    is_label = "".join(value.split()).strip(_EDGES + ":") in LABELS or _LABEL.match(value)
    return "" if is_label or len(value) > _MAX_VALUE or "。" in value else value
