"""From numbered and styled headings to the section tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textsafe.document import Section, Span
from textsafe.structure.numbering import RANK, SPOKEN, Label, Style, label_at
from textsafe.text import bracket_ranges, strip_range, units

_END_MARKS = "。！？；;!?"
_ORDER = re.compile(
    r"^(?:各|全|市|县|区|乡|镇)[^，。]{1,20}?(?:要|应当|必须|须)|(?:底|日|月|年)之?前(?:完成|，)"
)
_BANS = re.compile(r"严禁|不得|不准|必须|禁止")
_BINDING = re.compile(
    r"严禁|不得|必须|应当|不准|务必|"
    r"(?:部门|单位|企业|政府|[委局办镇乡会队村]|街道|人员|负责人|公司|各地|地区)(?:也|都|均)?要(?![求素])"
)
# A sentence that closes and charges somebody (船长要清点人数。) or decides (会议原则同意…。): its
# number is that of an item. The bare name of who is charged (（一）县供水站负责) is a heading.
_CHARGES = re.compile(
    r"[^，。；：、]{1,18}?(?:部门?|单位|企业|公司|政府|党委|[委局办镇乡会队村站所处科室厂矿校院中]心?|街道|"
    r"[长员师工人]|主任|经理|书记|领导|干部|班组|正职|双方)(?:也|都|均)?"
    r"(?:要(?![求素点害闻道])|必须|应当|须(?!知)|务必|负责(?![人制]|同志))"
    r"|(?:全面)?负责(?![人制])|会议(?:还|一致|原则上?|经研究){0,2}(?:同意|决定|听取|研究|审议|讨论|通过|明确|议定|指出|强调|要求|认为)"
    r"|[^。；]{2,40}，(?:必须|应当|不得|要(?![求点素害]))"
)
# 德育处：遇有降雪，…: what a colon opens goes on with a clause of its own.
_LABELLED_TEXT = re.compile(r"[^，。；：:]{2,15}[：:][^：:]{2,80}?[，,]")
_LONGEST_STYLED_SENTENCE = 30
_PLAIN_HEADING_STYLES: frozenset[Style] = frozenset({"part", "chapter", "section"})
_OFFICIAL_STYLES: frozenset[Style] = frozenset({"han", "han_paren"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as the outline sees it: its range, and the heading level that the file states."""

    start: int
    end: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A unit that may be a heading.

    Attributes:
        alone: The unit fills its paragraph.
        opens: The unit stands at the beginning of its paragraph.
        closes: The unit stands at the end of its paragraph.
        preceded: The paragraph before carries the number before, and is as well one unit.
        followed: The next unit carries a number of the same style.
        bare: Nothing stands under the paragraph: a number of the same or a higher rank follows,
            or nothing at all.
        listed: A semicolon before it in the paragraph shows an enumeration of clauses.
    """

    start: int
    end: int
    title: str
    end_mark: str
    label: Label | None
    level: int | None
    alone: bool
    opens: bool
    closes: bool
    preceded: bool
    followed: bool
    bare: bool
    listed: bool
    paragraph: Paragraph

    @property
    def style(self) -> Style | None:
        return self.label.style if self.label else None


@dataclass(slots=True)
class _Open:
    """A section that is still open while the tree is built."""

    index: int
    candidate: _Candidate


def outline(text: str, paragraphs: Sequence[Paragraph], end: int) -> list[Section]:
    r"""Return the sections under `paragraphs` in document order.

    Args:
        text: The document's text.
        paragraphs: The blocks of one part's body, in order.
        end: Where the body ends; the last sections reach to it (exclusive).

    >>> text = "一、压实责任\n各镇要落实责任。\n二、排查隐患\n（一）燃气。逐户检查。"
    >>> blocks = [Paragraph(0, 6), Paragraph(7, 15), Paragraph(16, 22), Paragraph(23, 34)]
    >>> [(s.level, s.title) for s in outline(text, blocks, 34)]
    [(1, '一、压实责任'), (1, '二、排查隐患'), (2, '（一）燃气')]
    """
    candidates = list(_candidates(text, paragraphs))
    return _tree(text, _headings(candidates), end)


def _candidates(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Candidate]:
    before: Label | None = None
    for position, paragraph in enumerate(paragraphs):
        following = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
        parts = _without_bracket(text, units(text, paragraph.start, paragraph.end))
        labels = [label_at(text, start, end) for start, end in parts]
        labels.append(label_at(text, following.start, following.end) if following else None)
        for i, (start, end) in enumerate(parts):
            label, opens = labels[i], i == 0
            may_stand_here = label.style in SPOKEN or opens if label else opens and paragraph.level
            if not may_stand_here:
                continue
            after = labels[i + 1]
            title = text[start + label.length if label else start : end]
            yield _Candidate(
                start=start,
                end=end,
                title=title.rstrip(_END_MARKS),
                end_mark=title[-1:] if title[-1:] in _END_MARKS else "",
                label=label,
                level=paragraph.level if opens else None,
                alone=len(parts) == 1,
                opens=opens,
                closes=i + 1 == len(parts),
                preceded=label is not None and before is not None and _comes_next(before, label),
                followed=bool(label and after and label.style == after.style),
                bare=label is not None and _is_bare(label, labels[-1], following),
                listed=i > 0 and text[parts[i - 1][1] - 1] in "；;",
                paragraph=paragraph,
            )
        before = labels[0] if len(parts) == 1 else None


def _comes_next(before: Label, label: Label) -> bool:
    return before.style == label.style and label.number == before.number + 1


def _without_bracket(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop a closing bracket (（县局负责）), which adds to the item and is no text under it."""
    start, end = parts[-1] if len(parts) > 1 else (0, 0)
    inner = end - 1 if text[end - 1 : end] in _END_MARKS else end
    is_bracket = start < end and bracket_ranges(text, start, end) == [(start, inner)]
    return parts[:-1] if is_bracket else parts


def _is_bare(label: Label, after: Label | None, following: Paragraph | None) -> bool:
    return following is None or (after is not None and RANK[after.style] <= RANK[label.style])


def _headings(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Keep the candidates that are headings.

    A run-in heading in Arabic numbers or spoken ordinals is believed only where most of its
    siblings are short as well: a list of full sentences has the same numbering.
    """
    votes: defaultdict[Style, list[bool]] = defaultdict(list)
    for candidate in candidates:
        if candidate.style and not candidate.alone:
            votes[candidate.style].append(_is_short(candidate))
    return [
        candidate
        for candidate in candidates
        if _is_heading(candidate)
        and (
            candidate.alone
            or candidate.style is None
            or candidate.style in _OFFICIAL_STYLES
            or sum(votes[candidate.style]) * 2 >= len(votes[candidate.style])
            or candidate.style in SPOKEN
        )
    ]


def _is_short(candidate: _Candidate) -> bool:
    return len(candidate.title) <= 30 and not _ORDER.search(candidate.title)


def _is_heading(candidate: _Candidate) -> bool:
    if candidate.style == "article":
        return True
    if not candidate.title or _is_item(candidate):
        return False
    return len(candidate.title) <= _longest(candidate)


def _is_item(candidate: _Candidate) -> bool:
    """Return whether a numbered unit reads as an item of a list or as an order, not a title."""
    title, style = candidate.title, candidate.style
    if style in _PLAIN_HEADING_STYLES:
        return False
    if candidate.end_mark in {"；", ";"} or (candidate.closes and not candidate.opens):
        return True
    # Some style whole items as headings, for the sake of their numbers.
    if candidate.level and not (candidate.end_mark and len(title) > _LONGEST_STYLED_SENTENCE):
        return False
    closed = candidate.alone and bool(candidate.end_mark)
    if (
        _LABELLED_TEXT.match(title)
        or _ORDER.search(title)
        or _is_sentence(candidate)
        or (closed and candidate.preceded)
    ):
        return True
    if style in _OFFICIAL_STYLES:
        return closed and (candidate.bare or bool(_BINDING.search(title)))
    if _BANS.search(title):
        return True
    if closed:
        return candidate.followed or candidate.bare or "，" in title
    return candidate.followed and not candidate.alone


def _is_sentence(candidate: _Candidate) -> bool:
    """Return whether a closed unit is no phrase: it charges somebody, decides or goes on a list."""
    if not candidate.end_mark:
        return False
    title = candidate.title
    return candidate.listed or title.endswith("的") or bool(_CHARGES.match(title))


def _longest(candidate: _Candidate) -> int:
    """Return how many characters a heading of this form may have."""
    style = candidate.style
    if candidate.level or style in _PLAIN_HEADING_STYLES:
        return 60
    if style in _OFFICIAL_STYLES:
        return 60 if candidate.alone and not candidate.end_mark else 45
    if not candidate.alone:
        return 25 if style in SPOKEN else 30
    return 25 if candidate.end_mark else 40


def _tree(text: str, headings: Sequence[_Candidate], end: int) -> list[Section]:
    open_sections: list[_Open] = []
    placed: list[tuple[_Candidate, int, int | None]] = []
    for index, heading in enumerate(headings):
        _close(open_sections, heading)
        parent = open_sections[-1].index if open_sections else None
        placed.append((heading, len(open_sections) + 1, parent))
        open_sections.append(_Open(index, heading))
    return [
        _section(text, heading, level, parent, _scope_end(placed, index, end))
        for index, (heading, level, parent) in enumerate(placed)
    ]


def _close(open_sections: list[_Open], heading: _Candidate) -> None:
    """Close the open sections that `heading` does not stand under."""
    while open_sections and _ends_with_paragraph(open_sections[-1].candidate, heading):
        open_sections.pop()
    keep = _depth_for(open_sections, heading)
    del open_sections[keep:]


def _ends_with_paragraph(opened: _Candidate, heading: _Candidate) -> bool:
    """A heading in the middle of a paragraph governs that paragraph only."""
    return not opened.opens and opened.paragraph != heading.paragraph


def _depth_for(open_sections: Sequence[_Open], heading: _Candidate) -> int:
    """Return how many of the open sections stay open around `heading`."""
    if heading.label and heading.style == "decimal":
        return _depth_by_path(open_sections, heading, heading.label)
    same = [
        depth
        for depth, opened in enumerate(open_sections)
        if heading.label and opened.candidate.style == heading.style
    ]
    if heading.label is None or not same:
        return _depth_by_rank(open_sections, heading)
    if heading.style not in SPOKEN:
        return same[-1]
    for depth in reversed(same):
        opened = open_sections[depth].candidate
        if opened.label and opened.label.number + 1 == heading.label.number:
            return depth
    innermost = open_sections[same[-1]].candidate
    if heading.label.number == 1 and innermost.alone != heading.alone:
        return len(open_sections)
    return same[-1]


def _depth_by_path(open_sections: Sequence[_Open], heading: _Candidate, label: Label) -> int:
    """1.5.2 stands under 1.5, and 1.5 under 1."""
    for depth, opened in enumerate(open_sections):
        other = opened.candidate.label
        if other is None:
            if heading.level and (opened.candidate.level or 0) >= heading.level:
                return depth
            continue
        if other.style in {"decimal", "arabic"}:
            if len(other.path) >= len(label.path):
                return depth
        elif RANK[other.style] > RANK["decimal"]:
            return depth
    return len(open_sections)


def _depth_by_rank(open_sections: Sequence[_Open], heading: _Candidate) -> int:
    for depth, opened in enumerate(open_sections):
        other = opened.candidate
        if other.level and heading.level:
            if other.level >= heading.level:
                return depth
        elif heading.label is None or (
            other.label and RANK[other.label.style] >= RANK[heading.label.style]
        ):
            return depth
    return len(open_sections)


def _scope_end(placed: Sequence[tuple[_Candidate, int, int | None]], index: int, end: int) -> int:
    heading, level, _ = placed[index]
    limit = end if heading.opens else heading.paragraph.end
    for later, later_level, _ in placed[index + 1 :]:
        if later_level <= level or later.start >= limit:
            return min(later.start, limit)
    return limit


def _section(text: str, heading: _Candidate, level: int, parent: int | None, end: int) -> Section:
    title_end = heading.end
    if heading.style == "article" and heading.label and not _is_article_title(heading):
        title_end = heading.start + len(heading.label.text)
    start, end = strip_range(text, heading.start, end)
    return Section(
        title=text[heading.start : title_end].rstrip(_END_MARKS + "：:"),
        title_span=Span(start=heading.start, end=title_end),
        span=Span(start=start, end=max(end, title_end)),
        level=level,
        parent=parent,
        label=heading.label.text if heading.label else None,
    )


def _is_article_title(heading: _Candidate) -> bool:
    is_phrase = not heading.end_mark and not heading.title.endswith(("：", ":"))
    return heading.alone and is_phrase and len(heading.title) <= 20
