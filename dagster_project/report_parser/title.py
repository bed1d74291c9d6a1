"""The report's title: whose report it is and on which year, as the head of the document prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .dates import DATE, YEAR_ALONE, year_of
from .gazetteer import Gazetteer
from .organ import clean_organ

_NUMERALS = "〇○零一二三四五六七八九OoΟ"
_CORE = re.compile(
    rf"公开(?<=信息公开|政务公开|政府公开)(?P<inner>[工作情况年度的总结\d{_NUMERALS}()\[\]〔〕]{{0,24}})(?:报告|年报)"
)
"""政府信息公开工作年度报告 and its kin from 公开 on, which is quick to find; the year may stand inside."""
_CORE_WORDS = ("政府", "政务")
_AFTER = re.compile(
    r"[)\]】》\"”*#]*(?P<bracketed>[(\[【〔][^)\]】〕]{0,40}[)\]】〕])?"
    r"(?:$|[-_—|<>/《(\[【.].*|(?:全文|电子版|打印|发布|来源|日期|时间|索引|浏览|字[号体]|作者|的(?:报告|函|通知)$|根据|按照|依据|本报告|现将|[一1]、).*)"
)
_YEAR_PHRASE = re.compile(rf"({YEAR_ALONE})(?:年度|年|度)?(?!\d)")
_SEPARATORS = re.compile(r"[>»/\\|_:《》【】\[\]\"“”→#*]+|-{2,}|—+")
_SENTENCE = re.compile(r"[,。;!?]")
_LEADING = re.compile(
    r"^(?:(?:您?(?:当前|现在|所在)?的?位置|首页|法定主动公开内容|(?:政府)?信息公开(?:工作)?(?:年报|年度报告|专栏|目录|指南)|政务公开|工作年报|年度报告"
    r"|年报|标题|名称|附件\d?|正文|[.·、-]+)+|.{0,20}[〔(\[]20\d\d[〕)\]]\d{1,4}号)?(?:关于)?(?:现|特|兹)?(?:印发|发布|公布|报送|上报|编制|呈报)?"
)
_MAY_TRAIL = frozenset("于好展送发度的-")
_TRAILING = re.compile(r"(?:关于(?:做好|开展|报送|印发)?|开展|年度|的|-)+$")
_NAMED = re.compile(r"《([^《》]{0,80}公开[^《》]{0,30}报告)》")
_ANNOUNCED = re.compile(
    r"(?:公布|公开|发布|公示|编制|形成|现将)了?([^,。;:!?<>《》]{2,60}?信息公开[^,。;:!?<>《》]{0,24}?(?:报告|年报))"
)
"""现公布X2022年政府信息公开工作年度报告: what a sentence publishes."""
_HEADING = re.compile(r"[一二三四五六]、|第[一二三四五六]部分|目录")
_DATE_ONLY = re.compile(rf"\(?{DATE}\)?")
_UPRIGHT = re.compile(r"^(?:[^\d\n]|\d{1,4})(?:\n(?:[^\d\n]|\d{1,4})){7,}$", re.MULTILINE)
"""Lines of one character each, among them a year, are one line."""
_WHOLE_ENDINGS = ("人民政府", "街道办事处", "人民政府办公室", "管理委员会", "行政公署")
_CUT_ENDINGS = frozenset(ending[start:] for ending in _WHOLE_ENDINGS for start in range(len(ending)))
"""The ends of what every body of its kind is called: 民政府, 事处. They are the rest of a cut name."""
_MAX_LINES = 4
"""A title is broken over so many lines at most."""
_MAX_LINE = 60
_MAX_TITLE = 140
_MAX_TITLES = 12
_REMEMBERED = 4_096


class Title(NamedTuple):
    """`text` is without white space. `is_doubtful`: something stands before the title that is no organ's name."""

    text: str
    organ: str | None
    year: int | None
    is_doubtful: bool = False


def find_titles(head: str, gazetteer: Gazetteer) -> list[Title]:
    """The titles in the folded text above the report, the likeliest first, up to the first that names an organ.

    The last title is the report's own: one before it belongs to a covering letter or to navigation. Titles that a sentence
    names (现公布《…》) come after those that stand by themselves.
    """
    lines = head.replace("\t", "\n").replace("告 ", "告\n").split("\n")
    pieces = [piece for line in lines if line and (piece := "".join(line.split()).strip("#*|"))]
    if 1 in map(len, pieces):
        pieces = _UPRIGHT.sub(lambda match: match[0].replace("\n", ""), "\n".join(pieces)).split("\n")
    titles: list[Title] = []
    for index in range(len(pieces) - 1, -1, -1):
        if ("告" in pieces[index] or "年报" in pieces[index]) and (title := _title_ending_at(pieces, index, gazetteer)):
            titles.append(title)
            if (title.organ and not title.is_doubtful) or len(titles) >= _MAX_TITLES:
                break
    for naming in (_NAMED, _ANNOUNCED):
        if not titles:
            named = (_parsed(match[1], gazetteer) for match in naming.finditer("".join(pieces)))
            titles = [title for title in named if title]
    if len(titles) > 1:
        titles.sort(key=lambda title: title.is_doubtful)
    return titles


def _title_ending_at(pieces: Sequence[str], index: int, gazetteer: Gazetteer) -> Title | None:
    """The title that ends with a line, over as few lines as it takes to name an organ."""
    if len(pieces[index]) > _MAX_TITLE:
        return None
    best = None
    joined = ""
    for start in range(index, max(-1, index - _MAX_LINES), -1):
        piece = pieces[start]
        if start < index and not _may_begin_title(piece, best is not None and not best.is_doubtful, gazetteer):
            break
        joined = piece + joined
        title = _parsed(joined, gazetteer)
        if title and title.organ:
            return _widened(title, joined, pieces, start, gazetteer)
        best = best or title
    return best


def _widened(title: Title, text: str, pieces: Sequence[str], start: int, gazetteer: Gazetteer) -> Title:
    """The title, whose `text` begins at line `start`, with the lines above where those begin its organ's name or its year:
    正宁县 / 教育局2022年…, 正宁县教 / 育局2022年…, 20 / 22年…. Behind a line that belongs to no name, only a name that the document
    prints elsewhere counts."""
    is_unbroken = True
    for line in reversed(pieces[max(0, start - _MAX_LINES) : start]):
        if not _may_begin_title(line, False, gazetteer):
            break
        wider = _parsed(line + text, gazetteer)
        if wider and wider.organ and title.organ:
            is_printed = any(wider.organ in piece for piece in pieces)
            if wider.organ == title.organ:
                is_unbroken = False
            elif is_printed or (is_unbroken and _is_wider(wider, title, line, text, gazetteer)):
                title = wider
            else:
                is_unbroken = False
        text = line + text
    if title.organ in _CUT_ENDINGS:
        return title._replace(organ=None, is_doubtful=True)
    return title


def _is_wider(wider: Title, title: Title, line: str, text: str, gazetteer: Gazetteer) -> bool:
    """Whether `line` belongs to the title: it ends inside the year, or it gives the organ a place that it lacks. A line that is
    another organ's name begins nothing."""
    if wider.organ is None or title.organ is None:
        return False
    if line[-1].isdigit() and text[0] in "年0123456789":
        return wider.year is not None and (title.year is None or title.organ[0] == "年")
    inner = gazetteer.place_named_by(title.organ)
    outer = gazetteer.place_named_by(wider.organ)
    if inner.codes:
        return outer.is_narrowed and set(outer.codes) < set(inner.codes)
    is_other_organ = clean_organ(line, gazetteer) is not None and gazetteer.place_named_by(line).rest != ""
    return bool(outer.codes) and (title.organ in _CUT_ENDINGS or not is_other_organ)


def _may_begin_title(piece: str, has_title: bool, gazetteer: Gazetteer) -> bool:
    """Whether the line may belong to the title below it. Above a title that only lacks its organ, nothing but an organ or a
    year does."""
    if len(piece) > _MAX_LINE or _SENTENCE.search(piece) or _HEADING.match(piece) or _DATE_ONLY.fullmatch(piece):
        return False
    if not has_title or _YEAR_PHRASE.fullmatch(piece):
        return True
    return clean_organ(_YEAR_PHRASE.sub("", _SEPARATORS.sub("", piece)), gazetteer) is not None


def _parsed(text: str, gazetteer: Gazetteer) -> Title | None:
    """The title that `text` (without white space) is, or None."""
    for core in reversed(list(_CORE.finditer(text))):
        if title := _title_around(text, core, gazetteer):
            return title
    return None


def _title_around(text: str, core: re.Match[str], gazetteer: Gazetteer) -> Title | None:
    after = _AFTER.match(text, core.end())
    if after is None:
        return None
    start = core.start() - 2
    if text[max(0, start - 2) : start] in _CORE_WORDS:
        start -= 2
    words_of_core = text[start : core.end()]
    before = text[:start].rpartition("报告")[2]
    segments = [before]
    if not before.isalnum():  # there are marks between its characters
        if _SENTENCE.search(before):
            return None
        opened = before.rfind("《")
        if opened > 0 and before.find("》", opened) < 0 and before[:opened].strip("#*>"):
            return None  # named by a sentence
        segments = _SEPARATORS.split(before)
    organ, is_doubtful, words = None, False, ""
    for segment in reversed(segments):
        leading = _LEADING.match(segment)
        own = segment[leading.end() :] if leading else segment
        words = own + words
        before_year, behind_year = _around_year(own)
        organ, is_doubtful = _organ_in(before_year, behind_year, words_of_core.startswith("政府"), gazetteer)
        if organ or is_doubtful:
            break
    bracketed = after["bracketed"] or ""
    if organ is None and not is_doubtful:
        organ = clean_organ(bracketed.strip("()[]【】〔〕"), gazetteer)
    year = _last_year(core["inner"]) or _last_year(before) or _last_year(bracketed)
    if year is None and organ is None:
        # Bare words are a title where nothing better is; in 年报 alone they are a link of the page.
        return None if words or words_of_core.endswith("年报") else Title(words_of_core, None, None, True)
    return Title(f"{words}{words_of_core}{bracketed}", organ, year, is_doubtful)


def _around_year(segment: str) -> tuple[str, str]:
    """The words before the last year and those behind it; the words before an earlier year do not count."""
    parts = _YEAR_PHRASE.split(segment)
    return (parts[-3], parts[-1]) if len(parts) > 1 else (segment, "")


@lru_cache(_REMEMBERED)
def _organ_in(before: str, behind: str, is_government: bool, gazetteer: Gazetteer) -> tuple[str | None, bool]:
    """The organ that the words around the year give, and whether they are something else; `is_government`: 政府 follows them."""
    before, behind = _without_links(before), _without_links(behind)
    if is_government and (behind or before).endswith("人民"):
        behind, before = (behind + "政府", before) if behind else ("", before + "政府")
    if before and behind:
        place = gazetteer.place_named_by(before)
        if place.codes and not place.rest:
            before, behind = before + behind, ""
    for part in (behind, before):
        if part and (organ := clean_organ(part, gazetteer)):
            return organ, False
    return None, bool(before or behind)


def _without_links(words: str) -> str:
    """Without the words and marks that join an organ's name to what stands around it."""
    words = words.lstrip(".-)]〕").rstrip(".-([〔")
    if words[-1:] in _MAY_TRAIL:
        words = _TRAILING.sub("", words)
    return words.removeprefix("的")


def _last_year(text: str) -> int | None:
    if "2" not in text and "二" not in text:
        return None
    years = _YEAR_PHRASE.findall(text)
    return year_of(years[-1]) if years else None
