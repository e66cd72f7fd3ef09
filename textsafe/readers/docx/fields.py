"""Fields: of an instruction and its result, only the result is shown.

A complex field is a run of marks: begin, the instruction, separate, the result, end; fields stand
inside one another (ECMA-376 part 1, section 17.16.18). Some have no result, but show something.
"""

from __future__ import annotations

import re

from lxml import etree

from textsafe.readers.docx.wordml import W, integer, is_on, value

# 带圈字符: a sign and a character over each other; 拼音指南: a small text above a base text.
_OVERLAY = re.compile(
    r"\\o[^(]{0,20}\((?P<sign>.{1,60})[,，;；](?P<base>[^,，;；]{1,20})\)\s{0,9}$", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\((?P<above>[^(),，]+)[,，](?P<below>[^(),，]+)\)", re.IGNORECASE)
_LONGEST = 200  # characters of an instruction that is looked into
_CIRCLES = frozenset("○〇◯")
_CIRCLED = dict(
    zip(
        [str(number) for number in range(1, 21)] + list("一二三四五六七八九十"),
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
        strict=True,
    )
)


class Fields:
    """The fields of one paragraph, as far as they were read.

    An instruction does not outlive its paragraph: a field that is never closed hides no more.

    Attributes:
        names: What the fields are, such as ``PAGE``.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._open: list[_Field] = []
        self._instructions = 0

    @property
    def hide(self) -> bool:
        """Whether text that comes now belongs to an instruction."""
        return self._instructions > 0

    def instruct(self, text: str) -> None:
        """Take a piece of the instruction of the innermost field."""
        if self._open:
            self._open[-1].instruction += text
        else:
            self.name(text)

    def name(self, instruction: str) -> None:
        """Remember what a field is, by its instruction."""
        self.names.update(instruction.upper().split()[:1])

    def mark(self, element: etree._Element) -> str:
        """Take a ``w:fldChar``; return what the field shows where it has no result."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(_Field(element))
            self._instructions += 1
        elif kind == "separate" and self._open and not self._open[-1].separated:
            self._open[-1].separated = True
            self._instructions -= 1
        elif kind == "end" and self._open:
            field = self._open.pop()
            self._instructions -= not field.separated
            self.name(field.instruction)
            return "" if self.hide else field.shown()
        return ""


class _Field:
    def __init__(self, begin: etree._Element) -> None:
        self.instruction = ""
        self.separated = False
        self._form = begin.find(W + "ffData")

    def shown(self) -> str:
        """Return what stands on the page besides the result."""
        box = self._form.find(W + "checkBox") if self._form is not None else None
        if box is not None:
            state = box.find(W + "checked")
            return "☒" if is_on(box.find(W + "default") if state is None else state) else "□"
        if self.separated:
            return ""
        if self._form is not None and (choices := self._form.find(W + "ddList")) is not None:
            entries = [entry.get(W + "val", "") for entry in choices.iterchildren(W + "listEntry")]
            picked = integer(value(choices, "result"), default=0)
            return entries[picked] if picked < len(entries) else ""
        return equation(self.instruction[:_LONGEST])


def equation(instruction: str) -> str:
    r"""Return what an EQ field shows: a circled character, the base of a ruby, a fraction.

    >>> equation(r"eq \o\ac(○,3)"), equation(r"EQ \* jc2 \o\ad(\s\up 9(zhù),注)")
    ('③', '注')
    >>> equation(r"EQ \f(1,2)"), equation("PAGE")
    ('1/2', '')
    """
    if instruction.lstrip()[:2].upper() != "EQ":
        return ""
    if overlay := _OVERLAY.search(instruction):
        base = overlay["base"].strip()
        return _CIRCLED.get(base, base) if overlay["sign"].strip() in _CIRCLES else base
    fraction = _FRACTION.search(instruction)
    return f"{fraction['above'].strip()}/{fraction['below'].strip()}" if fraction else ""
