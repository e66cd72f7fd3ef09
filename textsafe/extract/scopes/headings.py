"""Headings that name a post or body: what stands under them is its task."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import opens_with_verb, urges
from textsafe.extract.scopes.names import charged_by_name, is_post, post
from textsafe.records import Party

# The last lines of a rule: 本办法由…负责解释, 自…起施行.
_OF_DOCUMENT = re.compile(r"本[^，。；]{1,8}?(?:由|自|从)")
_DUTY = re.compile(r"职责|责任|分工|组织机构|组织体系|组织领导机构")


def hand_on_headings(drafts: Sequence[Draft], document: Document) -> None:
    """（二）总务主任职责: what stands under the name of a post or body is its task.

    A body, or a post with its duties (职责), is believed by itself; the bare name of a post or
    group only where the headings beside it name such too, or one around it speaks of duties:
    （三）特种作业人员 may as well be what a section is about.
    """
    charged = _charged(document, _with_ancestors(document, drafts))
    for draft in drafts:
        parties = _nearest(document, draft.place.section, charged)
        if not parties or not draft.reading.is_task or _has_doer(draft):
            continue
        known = {one.name for one in draft.parties}
        role = "supervisor" if urges(draft) else "owner"
        fresh = [one for one in parties if one.name not in known]
        in_role = [one.model_copy(update={"role": role}) for one in fresh]
        add_carried(draft, in_role, "party.heading")


def _with_ancestors(document: Document, drafts: Sequence[Draft]) -> set[int]:
    sections: set[int] = set()
    for draft in drafts:
        index = draft.place.section
        while index is not None and index not in sections:
            sections.add(index)
            index = document.sections[index].parent
    return sections


def _nearest(
    document: Document, section: int | None, charged: dict[int, list[Party]]
) -> list[Party]:
    while section is not None and section not in charged:
        section = document.sections[section].parent
    return charged[section] if section is not None else []


def _has_doer(draft: Draft) -> bool:
    """Return whether a unit says who does it, or what it begins with: …，异常情况由门卫登记."""
    if _OF_DOCUMENT.match(draft.text) or any(one.origin == "inherited" for one in draft.parties):
        return True
    return bool(draft.parties) and not urges(draft) and not opens_with_verb(draft)


def _charged(document: Document, sections: Iterable[int]) -> dict[int, list[Party]]:
    """Return whom headings charge, by section."""
    charged: dict[int, list[Party]] = {}
    beside: defaultdict[int | None, dict[int, list[Party]]] = defaultdict(dict)
    posts: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in sections:
        title = document.sections[index].title_span
        parties, certain = charged_by_name(title.of(document.text), title.start)
        if not parties:
            if is_post(title.of(document.text)):
                posts[document.sections[index].parent].append(index)
            continue
        beside[document.sections[index].parent][index] = parties
        if certain or _about_duties(document, index):
            charged[index] = parties
    for parent, siblings in beside.items():
        if len(siblings) > 1:
            charged.update(siblings)
            for index in posts[parent]:
                title = document.sections[index].title_span
                charged.setdefault(index, [post(title.of(document.text), title.start)])
    return charged


def _about_duties(document: Document, section: int) -> bool:
    if document.metadata.title and _DUTY.search(document.metadata.title):
        return True
    index = document.sections[section].parent
    while index is not None:
        if _DUTY.search(document.sections[index].title):
            return True
        index = document.sections[index].parent
    return False
