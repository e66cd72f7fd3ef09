"""The elements of an official document (公文要素): number, title, addressee, signature, date.

Forms follow GB/T 9704-2012, clause 7, and the habits of offices that depart from it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache

from textsafe.structure.lines import line_kind
from textsafe.structure.numbering import label_at
from textsafe.text import chinese_number

GENRES = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|复函|议案|函|纪要|答复|"
    "方案|预案|规划|要点|提纲|计划|总结|讲话|致辞|发言|主持词|汇报|清单|台账|办法|规定|细则|制度|规程|"
    "条例|指南|规范|标准|指令书|指令|通知书|决定书|建议书|督办函|提示函|承诺书|责任书|措施|公开信|倡议书"
)

_HAN_DIGIT = "〇○零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the document as the letterhead sees it.

    Attributes:
        in_contents: It is an entry of a table of contents (目录).
    """

    start: int
    end: int
    text: str
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when: the lines from the first signing body to the date.

    Attributes:
        first: Index of the first line that belongs to it.
        last: Index of the line with the date.
        date: None where the date is there but damaged (2024年月16日).
    """

    first: int
    last: int
    issuer: str | None
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body of a document or of one of its parts.

    Attributes:
        body: Index of the first line of the body.
        title_lines: Indices ``[first, last)`` of the lines of the title, or None.
    """

    body: int
    title: str | None = None
    title_lines: tuple[int, int] | None = None
    number: str | None = None
    urgency: str | None = None
    mark: str | None = None
    date: dt.date | None = None
    recipients: tuple[str, ...] = ()


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[\u4e00-\u9fffA-Za-z]{1,20}\s?[〔\[（(【［﹝]\s?[12１２]\d{3}\s?[〕\]）)】］﹞]\s?"
        r"第?\s?[\dxX×]{1,5}\s?号"
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<year>[12１２]\d{{3}}|[{_HAN_DIGIT}]{{4}})\s?年\s?"
        r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?"
        r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
    )


@cache
def _title_end_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{GENRES})(?:[（(](?:试行|暂行|草案|征求意见稿|讨论稿|送审稿|修订|\d{{4}}[^（）()]{{0,20}})[）)])?$"
    )


_DAMAGED_DATE = re.compile(r"[12]\d{3}年\d{0,2}月\d{0,2}日$")
_TIME_OF_DAY = re.compile(r"\s?(?:\d{1,2}时(?:\d{1,2}分)?)?[）)]?$")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_ENTITY_REST = re.compile(r"(?<!\s)\s+&[a-z]{0,5};?$")
_MARK = re.compile(r"^(?!.*(?:关于|印发|转发|批转))(?P<body>.{2,60}?)(?:文件|（通知）|\(通知\))$")
_KEYWORDS = re.compile(r"^(?:主题词[：:].*|\S{1,8}(?:[\u3000 ]+\S{1,8}){2,})$")
_TITLE_START = re.compile(r"^.{0,40}?(?:关于|印发|转发|批转)")
_ISSUER_OF_TITLE = re.compile(r"^(?P<issuer>[^《》“”，。]{2,40}?)(?:关于|印发|转发|批转|对)")
_SENTENCE_MARK = re.compile(r"[。；;！？!?]")
_SALUTATION = re.compile(r"^(?:.{0,12}(?:同志们|各位|朋友们|女士们|先生们|大家好))")
_ATTACHMENT = re.compile(r"^附\s?件?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:]?$")


def parse_date(text: str) -> dt.date | None:
    """Return the first full date in `text`, in Arabic or Chinese numerals, if it exists.

    >>> parse_date("二〇二四年三月五日")
    datetime.date(2024, 3, 5)
    """
    match = _date_pattern().search(text)
    if match is None:
        return None
    year, month, day = (chinese_number(match[part]) for part in ("year", "month", "day"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_signature(lines: list[Line], start: int, end: int) -> Signature | None:
    """Return the first signature among ``lines[start:end]``.

    A signature is a line that holds nothing but a date (and perhaps the body before it),
    with the signing bodies on the lines above it.
    """
    has_text = False
    for index in range(start, end):
        has_text = has_text or "。" in lines[index].text
        text = _ENTITY_REST.sub("", lines[index].text)
        match = _signing_date(text) if has_text else None
        if match is None or _TIME_OF_DAY.sub("", text[match.end() :]) or len(text) > 60:
            continue
        date = parse_date(text)
        before = text[: match.start()].strip()
        if line_kind(text, "foot") == "imprint" or not _may_sign(before):
            continue
        before = before.strip("（(")
        first = index
        names = [before] if before else []
        while first > start and len(names) < 12 and _is_signing_body(lines[first - 1].text):
            first -= 1
            names.insert(0, _ENTITY_REST.sub("", lines[first].text))
        if names or _closes_text(lines, index):
            issuer = " ".join("".join(name.split()) for name in names) or None
            return Signature(first, index, issuer, date)
    return None


def _signing_date(text: str) -> re.Match[str] | None:
    return _date_pattern().search(text) or _DAMAGED_DATE.match(text)


def _may_sign(text: str) -> bool:
    return text in {"", "（", "("} or (
        len(text) <= 40 and not re.search(r"[，。：:；;（(《]", text)
    )


def _is_signing_body(text: str) -> bool:
    text = _ENTITY_REST.sub("", text)
    return (
        2 <= len(text) <= 40
        and not re.search(
            r"[，。：:；;！？《》\t\d]", re.sub(r"[“”\"][^“”\"]{1,12}[“”\"]", "", text)
        )
        and label_at(text, 0, len(text)) is None
        and not _ATTACHMENT.match(text)
    )


def _closes_text(lines: list[Line], index: int) -> bool:
    """A date without a name above it signs only what has a paragraph before it."""
    return index > 0 and lines[index - 1].text.endswith(("。", "！", "）", ")"))


@dataclass(slots=True)
class _HeadReader:
    """Collects the elements of a head, line by line; runs of other lines may be the title."""

    number: str | None = None
    urgency: str | None = None
    mark: str | None = None
    date: dt.date | None = None
    runs: list[list[int]] = field(default_factory=lambda: [[]])

    def take(self, lines: list[Line], index: int) -> bool:
        """Take a line into the head; return False where the head has ended."""
        text = _ENTITY_REST.sub("", lines[index].text)
        if found := _number_pattern().search(text, text.rfind("文件") + 1):
            if len(text) > 80:
                return False
            self.number = self.number or _number_of(found)
            self.mark = self.mark or _mark_of(text[: text.rfind("文件") + 2])
        elif (kind := line_kind(text, "head")) == "urgency":
            self.urgency = self.urgency or text[:2]
        elif found := _MARK.match(text):
            self.mark = self.mark or "".join(lines[i].text for i in self.runs.pop()) + found["body"]
        elif _is_date_line(text):
            self.date = self.date or parse_date(text)
        elif not (kind or _KEYWORDS.match(text) or _ATTACHMENT.match(text)):
            if _ends_head(text, self.runs):
                return False
            self.runs[-1].append(index)
            return True
        self.runs.append([])
        return True


def read_head(lines: list[Line], start: int, end: int) -> Head:
    """Read number, title, addressee and the rest of the head of a document or part."""
    reader = _HeadReader()
    index = next((i for i in range(start, end) if not reader.take(lines, i)), end)
    title_run = _title_run([run for run in reader.runs if run], lines)
    title, title_lines = _title_of(title_run, lines)
    urgency = reader.urgency
    if title and urgency is None and re.search(r"紧急(?:通知|通告)", title):
        urgency = "紧急"
    recipients, body = _recipients(lines, index, end)
    if title_run and title_lines and title_lines[1] <= title_run[-1] and body == index:
        body = title_lines[1]
    return Head(
        body, title, title_lines, reader.number, urgency, reader.mark, reader.date, recipients
    )


def number_in(text: str) -> str | None:
    """Return the number (发文字号) that a line of the head holds, or None.

    >>> number_in("青安办〔２０２４〕7号")
    '青安办〔2024〕7号'
    """
    found = _number_pattern().search(text, text.rfind("文件") + 1)
    return _number_of(found) if found and len(text) <= 80 else None


def is_issuer_mark(text: str) -> bool:
    """Return whether a line of the head names the issuing body in red (发文机关标志)."""
    return _MARK.match(text) is not None


def _number_of(found: re.Match[str]) -> str:
    return "".join(found.group().removeprefix("件").split()).translate(_HALF_WIDTH)


def _mark_of(before_number: str) -> str | None:
    match = _MARK.match(before_number.strip())
    return match["body"] if match else None


def _is_date_line(text: str) -> bool:
    match = _date_pattern().search(text)
    if match is None:
        return False
    bracketed = text[0] in "（(" and text[-1] in "）)" and match.start() <= 1
    rest = text[: match.start()] + _TIME_OF_DAY.sub("", text[match.end() :])
    return len(rest) <= (30 if bracketed else 2)


def _ends_head(text: str, runs: list[list[int]]) -> bool:
    """The head ends at the addressee, a numbered heading, or the first running text."""
    label = label_at(text, 0, len(text))
    return (
        text.endswith(("：", ":"))
        or bool(_SENTENCE_MARK.search(text))
        or len(text) > 80
        or (label is not None and label.style != "decimal" and not _TITLE_START.match(text))
        or "\t" in text
        or (bool(runs[-1]) and line_kind(text, "body") == "attachments")
        or sum(map(len, runs)) >= 8
    )


def _title_run(runs: list[list[int]], lines: list[Line]) -> list[int]:
    """Choose the lines that hold the title: those that end in a genre word, else the last."""
    for run in reversed(runs):
        joined = "".join(lines[i].text for i in run)
        if _title_end_pattern().search(joined) and _TITLE_START.match(joined):
            return run
    for run in reversed(runs):
        if any(_title_end_pattern().search(lines[i].text) for i in run):
            return run
    return runs[0] if runs else []


def _title_of(run: list[int], lines: list[Line]) -> tuple[str | None, tuple[int, int] | None]:
    """Join the lines of a title up to its genre word; what follows is not part of it."""
    if not run:
        return None, None
    pieces = [_ENTITY_REST.sub("", lines[i].text) for i in run]
    whole = ["".join(pieces[: count + 1]) for count in range(len(run))]
    ends = [
        count
        for count, title in enumerate(whole)
        if _title_end_pattern().search(title) and _closes_quotes(title)
    ]
    complete = [
        count
        for count in ends
        if re.search(r"的[^的]{1,12}$", whole[count])
        or (count + 1 < len(run) and _is_title(pieces[count + 1]))
    ]
    last = complete[0] if complete else ends[-1] if ends else len(run) - 1
    return whole[last], (run[0], run[last] + 1)


def _closes_quotes(title: str) -> bool:
    return all(title.count(a) == title.count(b) for a, b in ("《》", "«»", "〈〉"))


def is_title_run(lines: list[Line], start: int, end: int) -> bool:
    """Return whether ``lines[start:end]`` are together the title of a document of its own.

    So begins each plan in a file that holds several: after running text, without a number,
    ending in a genre word, before running text.
    """
    if start == 0 or end >= len(lines):
        return False
    before = lines[start - 1]
    if not (before.in_contents or before.text.endswith(("。", "；", "！"))):
        return False
    title = "".join(line.text for line in lines[start:end])
    return (
        len(title) >= 8
        and bool(_title_end_pattern().search(title))
        and not any(_SENTENCE_MARK.search(line.text) for line in lines[start:end])
        and not any(label_at(line.text, 0, len(line.text)) for line in lines[start:end])
        and "\t" not in title
        and bool(re.search(r"[。：:]", lines[end].text) or label_at(lines[end].text, 0, 8))
    )


def _is_title(line: str) -> bool:
    return bool(_title_end_pattern().search(line)) and not line.startswith(("的", "和", "及", "（"))


def _recipients(lines: list[Line], index: int, end: int) -> tuple[tuple[str, ...], int]:
    """Read the addressee line at `index`; return the names and the index of the body."""
    if index >= end:
        return (), end
    text = lines[index].text
    if not text.endswith(("：", ":")) or _SENTENCE_MARK.search(text) or len(text) > 300:
        return (), index
    if re.search(r"[：:\t]", text[:-1]):  # labels of a form: 项目名称： 编号：
        return (), index
    if label_at(text, 0, len(text)):
        return (), index
    if _SALUTATION.match(text):
        return (), index + 1
    names = _split_outside_brackets(text.rstrip("：:"))
    return tuple(name for name in names if name), index + 1


def _split_outside_brackets(text: str) -> list[str]:
    separator = "，," if re.search(r"[，,]", text) else "、"
    names, depth, begin = [], 0, 0
    for position, char in enumerate(text):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth -= 1
        elif char in separator and depth == 0:
            names.append(text[begin:position].strip())
            begin = position + 1
    return [*names, text[begin:].strip()]


def issuer_of_title(title: str | None) -> str | None:
    """Return the issuing body that a title begins with, or None.

    >>> issuer_of_title("云陵县安全生产委员会关于开展燃气安全排查的通知")
    '云陵县安全生产委员会'
    """
    match = _ISSUER_OF_TITLE.match(title or "")
    return match["issuer"] if match else None


def is_attachment_heading(text: str) -> bool:
    """Return whether a line is the mark 附件, 附件1 or 附： that opens an attachment."""
    return bool(_ATTACHMENT.match(text))


def is_after_signature(text: str) -> bool:
    """Return whether a line is a note that follows the signature, such as 抄送 or （此件…）."""
    return line_kind(text, "foot") is not None


def opens_imprint(text: str) -> bool:
    """Return whether a line opens the imprint (版记), which follows the signature (抄送：…)."""
    return line_kind(text, "foot") == "cc"
