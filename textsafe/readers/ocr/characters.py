"""What a Chinese official document would have written, where recognition cannot tell.

A full-width and a half-width comma look alike on paper; their neighbours tell them apart. Every
rule replaces characters one for one, so that each keeps its place on the page.
"""

from __future__ import annotations

import re

_IDEOGRAPH = r"[\u3400-\u9fff〇]"
_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
_MARK = re.compile(rf"(?<={_IDEOGRAPH})[,;:!?]|[,;:!?](?={_IDEOGRAPH})|(?<=[”’》）])[,;:!?]")
_BRACKETS = re.compile(r"(.?)[(（]([^()（）]{0,200})[)）](?=(.?))")
_LONE_BRACKET = re.compile(rf"\((?={_IDEOGRAPH})|(?<={_IDEOGRAPH})\)")
_CHINESE = re.compile(rf"{_IDEOGRAPH}|[，。；：、]")
# Years in a document's number stand in hexagonal brackets (GB/T 9704-2012, 7.2.5).
_NUMBER = re.compile(
    rf"(?<={_IDEOGRAPH})[\[［【〔(（](?=(?:19|20)\d\d[\]］】〕)）]\s?(?:第\s?)?\d{{1,4}}\s?号)"
)
_NUMBER_END = re.compile(r"(?<=〔(?:19|20)\d\d)[\]］】〕)）](?=\s?(?:第\s?)?\d{1,4}\s?号)")
# 二〇二四年: the zero between Chinese digits.
_ZERO = re.compile(r"(?<=[一二三四五六七八九〇])[0０OoＯ○◯]+(?=[一二三四五六七八九年〇]|$)")
# — 3 —: the dashes beside a page number (GB/T 9704-2012, 7.5) look like the digit 一.
_PAGE_NUMBER = re.compile(r"[一\-－–—―](\s?\d{1,4}\s?)[一\-－–—―]")


def as_written(text: str) -> str:
    """Return `text` with the punctuation that its neighbours ask for; its length stays.

    >>> as_written("严守底线。(责任部门:应急局,消防大队)"), as_written("安委[2024]7号")
    ('严守底线。（责任部门：应急局，消防大队）', '安委〔2024〕7号')
    >>> as_written("二0二四年"), as_written("一3一"), as_written("GB/T 9704(2012),9:30,1,200人")
    ('二〇二四年', '—3—', 'GB/T 9704(2012),9:30,1,200人')
    """
    if match := _PAGE_NUMBER.fullmatch(text):
        return f"—{match[1]}—"
    text = _NUMBER_END.sub("〕", _NUMBER.sub("〔", text))
    text = _ZERO.sub(lambda match: "〇" * len(match[0]), text)
    before = ""
    while text != before:  # a mark made full-width may be what its neighbour waits for
        before, text = text, _widened(text)
    return text


def _widened(text: str) -> str:
    text = _BRACKETS.sub(_wide_brackets, text)
    text = _LONE_BRACKET.sub(lambda match: "（" if match[0] == "(" else "）", text)
    if _CHINESE.search(text):  # the right neighbour of its end is on the next line
        text = text[:-1] + text[-1].translate(_FULL_WIDTH)
    return _MARK.sub(lambda match: match[0].translate(_FULL_WIDTH), text)


def _wide_brackets(match: re.Match[str]) -> str:
    """Make both brackets full-width unless they stand between letters or digits: 9704(2012)."""
    before, inside, after = match.groups()
    chinese = bool(_CHINESE.search(before + inside + after))
    between_words = before.isascii() and before.isalnum() and not _CHINESE.search(inside)
    return f"{before}（{inside}）" if chinese and not between_words else match[0]
