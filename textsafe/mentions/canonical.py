"""The name in force of a body that is written in short or by a former name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from textsafe.mentions.bodies import alternation
from textsafe.taxonomies import bodies

_PLACE = (
    r"(?:国务院|国家|全国|地方各级|各级|各地|各|当地|属地|上级|本级|地方|"
    r"[^，。、；：（）()\s]{0,10}?"
    r"(?:自治区|开发区|园区|新区|高新区|经开区|街道|乡镇|各乡|各镇|[省市县区州盟旗镇乡])(?:级|直)?|)"
)


class CanonicalName(NamedTuple):
    """The name in force, and in Chinese why it is another one than that written."""

    name: str
    reason: str | None


@lru_cache(maxsize=4096)
def canonical_name(name: str) -> CanonicalName | None:
    """Return the full name in force of the body called `name`.

    Returns:
        The name with the reform that brought it, or None where the table of bodies does not know
        the body, or `name` is its full name already.

    Short forms and former names are those of ``data/bodies.toml``; the reforms are those of the
    State institutions in 2018 and after.

    >>> canonical_name("县住建局")
    CanonicalName(name='县住房和城乡建设局', reason=None)
    >>> canonical_name("县安监局").name
    '县应急管理局'
    >>> canonical_name("各镇") is None
    True
    """
    match = _names().fullmatch(name)
    if found := _bodies(whole=True).get(name):
        canonical, reason = found
    elif match is None:
        return None
    elif match["body"]:
        full, reason = _bodies()[match["body"]]
        canonical = match["place"] + full
    else:
        full, reason = _work()[match["work"]]
        canonical = match["place"] + full + bodies().kinds.full[match["kind"]]
    return CanonicalName(canonical, reason) if canonical != name else None


@cache
def _work() -> dict[str, tuple[str, str | None]]:
    """Return for each word of a department's work the work in its full name, and the reform."""
    work: dict[str, tuple[str, str | None]] = {}
    for department in bodies().department:
        work |= dict.fromkeys((department.name, *department.short), (department.name, None))
        for former in department.former:
            work |= dict.fromkeys(former.words, (department.name, former.reason))
    return work


@cache
def _bodies(*, whole: bool = False) -> dict[str, tuple[str, str | None]]:
    """Return for each name that has no parts the full name, and the reform."""
    names: dict[str, tuple[str, str | None]] = {}
    for body in bodies().body:
        if body.whole == whole:
            names |= dict.fromkeys(body.words, (body.name, None))
            for special in body.special:
                names |= dict.fromkeys(special.words, (special.name, special.reason))
    return names


@cache
def _names() -> re.Pattern[str]:
    body = alternation(_bodies())
    work = alternation(_work())
    kind = alternation(bodies().kinds.full)
    return re.compile(rf"(?P<place>{_PLACE})(?:(?P<body>{body})|(?P<work>{work})(?P<kind>{kind}))")
