"""What is to be done, as a ledger would have it: without number, subject, time and brackets.

What other columns of a ledger say is left out: who, by when, who is answerable. A time stays where
the action would not be clear without it: how often, how soon after what, and which of several
actions is due when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textsafe.extract.drafts import Draft
from textsafe.mentions.bodies import Range
from textsafe.mentions.names import verb_pattern
from textsafe.structure.numbering import SPOKEN, label_at
from textsafe.taxonomies import Cue, task_language

_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是?|对此|为此|因此|今后|下一步|下步|当前|目前看?|现在|眼下|会后|原则上|"
    r"一方面|另一方面|首先|其次|再次|最后|总之|(?:关键|重点|核心)是(?=要)|"
    r"[一二三四五六七八九十]{1,2}是(?!否)|[并且还也都请](?![存列购发行轨]))[，,、：:；;\s]*"
    r"|[，,、：:；;。！\s]+"
)
_ORDER_WORD = re.compile(
    r"(?:我们|大家)?(?:仍然?|还|也|都|更|首先|尤其|特别|始终)?(?:务必要|一定要|必须要|需要|要|必须|应当|应该|应(?![急对用变付答聘邀])|须(?!知)|务必|需)(?!求|素|点|件|害|道|塞|闻|领|义)"
)
# Who said it: 会议强调，…; the name of a speaker may be long.
_FRAME = re.compile(
    r"(?!按|根据|依据|对照|结合|落实|认真|围绕)[^，。；：、（）“”]{1,24}(?:强调|指出|要求|认为|明确|议定|决定|表示|叮嘱|说)[，,：:]"
)
# What was told before the order: 会议传达…精神，强调要…; 王县长对…作出部署：一是….
_REPORT = re.compile(
    r"(?:会议|他|她|[一-龥]{0,12}?(?:书记|[省市县区镇乡厅局部处科院校]长|主任|主席|经理|同志))"
    r"(?:(?!要(?!求)|应当|务必)[^。；：]){2,160}?"
    r"(?:，并?(?:强调|指出|要求)[，,：:]?(?=[^，。；]{0,24}(?:要(?!求)|必须|务必|应))"
    r"|(?:部署|要求)[：:](?:[一二三四五六七八九十]{1,2}(?:是|(?=要))|[（(]?1[）).、])?)"
)
# What may stand before a subject: when, where, why, by what.
_ADVERBIAL = re.compile(
    r"(?:按照?|依照|根据|依据|结合|围绕|针对|对于?|在|为了?|通过|自|从|到|凡|如|经|以|鉴于|随着|收到|接到|发现|发生|遇)"
    r"|[^。；]{1,60}(?:的|前|后|时|期间|中|内|下)，$"
)
_ORDERED = re.compile(r"必须|应当|务必|不得|严禁|(?<![主重需])要(?!求)|，[应须]")
# What is left of 甲局牵头，乙局配合，… once its subject is off.
_ROLES = re.compile(
    r"(?:牵头(?:负责)?|主办|具体负责|共同负责)[，,](?:[^，,。；]{2,40}(?:配合|参与|协助|协同|督办)[，,]){0,4}"
)
_NUMBER_AND_DATE = re.compile(r"\d{1,2}[.．](?=\d{1,4}[年月])")
# 承包商违章两次以上的，不得…: in which case the order holds.
_CASE = re.compile(r"[^，。；]{2,40}(?:的|[时后])[，,]")
# 开展演练，10月20日前完成: nothing is left of the clause without its date.
_BARE_END = re.compile(r"[，,；;](?:全部|全面|基本)?完成$")
_AND = ("、", "和", "及", "与")
_LEAST = 4  # a shorter rest is the end of an object that looks like a subject
_BEFORE_A_TIME = re.compile(r"[在于到自从至]\s?$")
_AFTER_A_TIME = "将把对向全基再，,、"
_TIME_IS_MEANT = "的到至止起以之，,。；、）)” "
_WHEN = {"by", "span", "event"}
_ENDS = "。；;，,、：:！!．. \t\n\u3000"


def action_of(draft: Draft) -> str:
    """Return the action of a task: the unit without what the other fields already say.

    Args:
        draft: The unit. Number, frame of a speaker, argument before the order, subject, brackets
            that assign, and its date are left out; what stays keeps its order and wording.
    """
    text = draft.text
    assigned = [(a.start, a.end) for a in draft.reading.assignments if a.start > 0]
    start = _opening(draft, min((at for at, _ in assigned), default=len(text)))
    dropped = sorted((*assigned, *_dates(draft, start), *_inner_subject(draft, start)))
    kept, position = [], start
    for begin, end in dropped:
        if begin >= position:
            kept.append(text[position:begin])
            position = end
    action = "".join((*kept, text[position:])).strip(_ENDS)
    if dropped:
        action = _BARE_END.sub("", action)
    return action or text.strip(_ENDS) or text


def _opening(draft: Draft, end: int) -> int:
    """Return where the action begins, after all that stands before it."""
    text = draft.text
    start = _skip_time(draft, _label_length(text), end)
    frame = _FRAME.match(text, start, end) or _REPORT.match(text, start, end)
    if frame and frame.end() < end:
        start = _skip_time(draft, frame.end(), end)
    start = _after_argument(draft, start, end)
    start = _after_subject(draft, start, end)
    if roles := _ROLES.match(text, start, end):
        start = roles.end()
    start = _skip_time(draft, start, end)
    if order := _ORDER_WORD.match(text, start, end):
        start = order.end()
    return _skip_time(draft, start, end)


def _label_length(text: str) -> int:
    """Return the length of the number; of 一是 and 一要 the order word 要 is dropped as well."""
    if before_a_date := _NUMBER_AND_DATE.match(text):
        return before_a_date.end()
    label = label_at(text, 0, len(text))
    if label is None:
        return 0
    return len(label.text) if label.style in SPOKEN else label.length


def _after_subject(draft: Draft, start: int, end: int) -> int:
    predicate = draft.reading.doers.action_start
    if predicate is not None and start <= predicate < end - _LEAST:
        named = _end_of_subject(draft, start, predicate)
        if _CASE.match(draft.text, named, predicate):
            return named
        return _with_rhythm(draft, start, predicate)
    position = start
    for party in draft.reading.parties:
        if party.span.start == position:
            position = party.span.end + (draft.text[party.span.end : party.span.end + 1] in _AND)
    if _ORDER_WORD.match(draft.text, position, end):
        return position
    return start


def _end_of_subject(draft: Draft, start: int, end: int) -> int:
    """Return where the names end that stand first between `start` and `end`."""
    position = start
    for party in draft.reading.parties:
        between = draft.text[position : party.span.start]
        if party.span.end <= end and "，" not in between and len(between) <= _LEAST:
            position = party.span.end
    return position


def _with_rhythm(draft: Draft, start: int, predicate: int) -> int:
    """Return where the action begins if a rhythm that opens it stays: 每年至少开展一次培训."""
    times = _times(draft).items()
    return next(
        (
            begin
            for begin, (end, kind) in times
            if kind == "recurring" and end == predicate and begin >= start
            if not _opens(draft.text, (end, kind))
        ),
        predicate,
    )


def _inner_subject(draft: Draft, start: int) -> Iterator[Range]:
    """Yield the subject behind an adverbial with its order word: 按照…部署，各镇要…."""
    text = draft.text
    spans = [party.span for party in draft.reading.parties]
    if not spans or spans[0].start <= start or text[spans[0].start - 1] not in "，,":
        return
    end = spans[0].end
    for span in spans[1:]:
        if span.start - end == 1 and text[end] in _AND:
            end = span.end
    order = _ORDER_WORD.match(text, end)
    before = text[start : spans[0].start]
    if order and _ADVERBIAL.match(before) and not _ORDERED.search(before):
        yield spans[0].start, order.end()


def _after_argument(draft: Draft, start: int, end: int) -> int:
    """Return where the order begins after clauses that only say why (形势严峻，各镇要…)."""
    text = draft.text
    subject = min((p.span.start for p in draft.reading.parties), default=end)
    for comma in re.finditer("[，,]", text[start:end]):
        at = start + comma.end()
        if at == subject or _ORDER_WORD.match(text, at, end):
            said = text[start:at]
            if _ORDERED.search(said):
                return start
            argued = said.endswith(("了，", "了,")) or any(cue.find(said) for cue in _arguments())
            return at if argued else start
        if verb_pattern().match(text, at, end):
            return start
    return start


def _arguments() -> Iterator[Cue]:
    return (cue for cue in task_language().cue if cue.effect == "other")


def _times(draft: Draft) -> dict[int, tuple[int, str]]:
    offset = draft.span.start
    return {
        deadline.span.start - offset: (deadline.span.end - offset, deadline.kind)
        for deadline in draft.deadlines
        if deadline.origin == "explicit"
    }


def _skip_time(draft: Draft, start: int, end: int) -> int:
    """Skip lead-ins and the times that open a clause: a time before 的 belongs to its noun."""
    times = _times(draft)
    text = draft.text
    position = start
    while position < end:
        at = position
        if at not in times and _BEFORE_A_TIME.match(text[at]):
            at = next((here for here in (at + 1, at + 2) if here in times), at)
        if at in times and (times[at][0] >= end or _opens(text, times[at])):
            position = times[at][0]
        elif match := _LEAD_IN.match(text, position, end):
            position = match.end()
        else:
            break
    return position


def _opens(text: str, time: tuple[int, str]) -> bool:
    """Return whether a time at the head of a clause says when the rest is to be done."""
    end, kind = time
    if text[end] in "，, ":
        return True
    if kind in {"by", "span"}:
        return text[end] != "的"
    due_day = kind == "recurring" and text[end - 1] == "前"
    return (kind in _WHEN or due_day) and _acts_at(text, end)


def _reads_on(text: str, start: int, end: int, kind: str) -> bool:
    """Return whether the clause is whole without the time; one that is its object stays."""
    if kind == "event":
        return _acts_at(text, end)
    in_quotes = text[start - 1 : start] == "“"
    return kind in _WHEN and not in_quotes and text[end] not in _TIME_IS_MEANT


def _acts_at(text: str, position: int) -> bool:
    return text[position] in _AFTER_A_TIME or bool(verb_pattern().match(text, position))


def _dates(draft: Draft, start: int) -> Iterator[Range]:
    """Yield the date inside the action with its preposition, where there is no second one."""
    times = _times(draft)
    if len(times) != 1:
        return
    ((at, (end, kind)),) = times.items()
    text = draft.text
    listed = text[at - 1 : at] in _AND
    if at < start or end >= len(text) or listed or not _reads_on(text, at, end, kind):
        return
    if before := _BEFORE_A_TIME.search(text, max(start, at - 2), at):
        at = before.start()
    alone = text[at - 1 : at] in "，," and text[end] in "，,、"
    yield at, end + alone
