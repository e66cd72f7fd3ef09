"""How the parts of a task read to a person, in tables and spreadsheets."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from textsafe.messages import Language, message
from textsafe.records import Deadline, Party, Role, Task

ROLES: tuple[Role, ...] = ("lead", "owner", "support", "supervisor")


def label(name: str, lang: Language) -> str:
    """Return the label `name` in the language `lang`.

    >>> label("issuer", "zh")
    '发文机关'
    """
    return message(f"label_{name}", lang).text


def names(parties: Sequence[Party], role: Role) -> str:
    """Return the names of the parties with `role`, each once, in the order of the text."""
    return "、".join(dict.fromkeys(party.name for party in parties if party.role == role))


def canonical_names(parties: Sequence[Party]) -> str:
    """Return the names in force of all parties, each once, to filter and count by."""
    return "、".join(dict.fromkeys(party.canonical or party.name for party in parties))


def party_lines(task: Task, lang: Language) -> list[str]:
    """Return one line for each role; plain owners stand without a label.

    >>> from textsafe.document import Span
    >>> here = Span(start=0, end=4)
    >>> task = Task(
    ...     id="1", text="…", span=here, section=(), modality="must", action="…", confidence=1,
    ...     parties=(
    ...         Party(name="县应急局", role="lead", span=here),
    ...         Party(name="县公安局", role="support", span=here),
    ...     ),
    ... )
    >>> party_lines(task, "zh")
    ['牵头：县应急局', '配合：县公安局']
    """
    lines = []
    for role in ROLES:
        who = names(task.parties, role)
        if who:
            colon = "：" if lang == "zh" else ": "
            lines.append(who if role == "owner" else f"{label(role, lang)}{colon}{who}")
    return lines


def resolved(deadline: Deadline) -> str:
    """Return the dates that a deadline was resolved to, or an empty string.

    A recurring deadline has no date: its wording says all there is.

    >>> from textsafe.document import Span
    >>> here = Span(start=0, end=5)
    >>> resolved(Deadline(text="6月底前", kind="by", span=here, due="2024-06-30"))
    '2024-06-30'
    """
    if deadline.kind == "recurring":
        return ""
    return "—".join(str(day) for day in (deadline.start, deadline.due) if day is not None)


def deadline_lines(task: Task, lang: Language) -> list[str]:
    """Return one line for each deadline: as written, then what it means or why that is open."""
    lines = []
    for deadline in task.deadlines:
        dates = resolved(deadline)
        if dates and dates != deadline.text:
            lines.append(f"{deadline.text} → {dates}")
        elif deadline.unresolved:
            reason = message("label_unresolved", lang, reason=deadline.unresolved).text
            lines.append(f"{deadline.text}（{reason}）")
        else:
            lines.append(deadline.text)
    return lines


def sector_names(task: Task) -> str:
    """Return the names of the task's sectors, each once."""
    return "、".join(dict.fromkeys(sector.name for sector in task.sectors))


def new_headings(section: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the headings of `section` that the task above did not stand under.

    >>> new_headings(("一、排查", "（二）电气"), ("一、排查", "（一）燃气"))
    ['（二）电气']
    """
    shared = 0
    for here, there in zip(section, above, strict=False):
        if here != there:
            break
        shared += 1
    return [*section[shared:]]


def printable(text: str) -> str:
    r"""Return `text` without control characters, which a terminal or a spreadsheet would obey.

    >>> printable("隐患\x1b[2J\t排查")
    '隐患[2J 排查'
    """
    return "".join(
        " " if char in "\t\n\r" else char
        for char in text
        if char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
