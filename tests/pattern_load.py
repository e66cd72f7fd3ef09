"""Run every regular expression of the package over its own worst texts; print those that suffer.

Not a test by itself: ``test_patterns.py`` runs it in a process of its own, so that a pattern that
never ends can be stopped. A text is made of what the pattern itself repeats or looks for, 20,000
characters long and followed by what lets a match fail. A pattern suffers when twice the text takes
more than three times the work (a linear one takes two times, a quadratic one four).
"""

from __future__ import annotations

import functools
import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # the only description of a pattern's parts that Python has
from re import _parser as parser
from typing import Any

LENGTH = 20_000
LONG_REPEAT = 8
FAILS = "§"
# Below this a text of LENGTH characters cannot have been read in quadratic time on any machine:
# it would be 200 million steps.
QUICK_SECONDS = 0.02
MOST = 3.0


def recorded(into: dict[tuple[str, int], None], function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function of ``re`` so that it notes what the package and its models compile."""

    @functools.wraps(function)
    def wrapper(pattern: Any, *args: Any, **kwargs: Any) -> Any:
        caller = sys._getframe(1)
        module = caller.f_globals["__name__"]
        # Single words of the data are only checked there; they run as part of longer patterns.
        ours = module.startswith("textsafe") and caller.f_code.co_name != "_compiles"
        if isinstance(pattern, str) and (ours or module == "pydantic._internal._validators"):
            flags = kwargs.get("flags", args[0] if args and function is re_compile else 0)
            into[pattern, int(flags)] = None
        return function(pattern, *args, **kwargs)

    return wrapper


re_compile = re.compile


def patterns_of_the_package() -> list[tuple[str, int]]:
    """Import every module, call every cached function without arguments, note what is compiled."""
    found: dict[tuple[str, int], None] = {}
    names = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
    for name in names:
        setattr(re, name, recorded(found, getattr(re, name)))
    package = importlib.import_module("textsafe")
    for module in pkgutil.walk_packages(package.__path__, "textsafe."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                if (
                    hasattr(value, "cache_parameters")
                    and not value.__wrapped__.__code__.co_argcount
                ):
                    value()
    package.extract_tasks(package.parse_text("各镇要于6月底前完成排查。"))
    return list(found)


def sample(items: Iterable[Any]) -> str:
    """Return a short text that the parts of a pattern match, as far as one can tell locally."""
    return "".join(_sample(kind, value) for kind, value in items)


def _sample(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return next(c for c in "某x1" if ord(c) != value)
    if kind is op.ANY:
        return "某"
    if kind is op.IN:
        return _member(value)
    if kind is op.BRANCH:
        return sample(value[1][0])
    if kind in _REPEATS:
        return sample(value[2]) * max(value[0], 1)
    return sample(_INNER[kind](value)) if kind in (op.SUBPATTERN, op.ATOMIC_GROUP) else ""


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_INNER: dict[Any, Callable[[Any], Any]] = {
    op.SUBPATTERN: lambda value: value[3],
    op.ATOMIC_GROUP: lambda value: value,
    op.ASSERT: lambda value: value[1],
    op.ASSERT_NOT: lambda value: value[1],
}
_CATEGORIES = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_NOT_DIGIT: "某", op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "某", op.CATEGORY_WORD: "某", op.CATEGORY_NOT_WORD: "，",
}  # fmt: skip


def _member(items: list[Any]) -> str:
    if items[0][0] is op.NEGATE:
        pattern = re_compile("[^" + "".join(_class_item(i) for i in items[1:]) + "]")
        return next((c for c in "某x1， 的、。（\n\t" if pattern.match(c)), "𠀀")
    kind, value = items[0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else _CATEGORIES[value]


def _class_item(item: Any) -> str:
    kind, value = item
    if kind is op.LITERAL:
        return re.escape(chr(value))
    if kind is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"1": r"\d", " ": r"\s"}.get(_CATEGORIES[value], r"\w")


def pumps(
    items: Iterable[Any], before: str = "", *, repeated: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield openings and what to repeat after them, for each repetition and its alternatives.

    A pattern that repeats nothing looks at a bounded stretch from each place: it has no pumps.
    """
    for kind, value in items:
        if kind in _REPEATS:
            if value[1] >= LONG_REPEAT:
                body = sample(value[2])
                yield from ((before, body), ("", before + body))
            long = repeated or value[1] >= LONG_REPEAT
            yield from pumps(value[2], before, repeated=long)
        elif kind is op.BRANCH:
            for branch in value[1]:
                if repeated:
                    yield "", before + sample(branch)
                yield from pumps(branch, before, repeated=repeated)
        elif kind in _INNER:
            yield from pumps(_INNER[kind](value), before, repeated=repeated)
        before += _sample(kind, value)


def seconds(pattern: re.Pattern[str], opening: str, pump: str, length: int, runs: int) -> float:
    """Return the least time of the processor that it takes to find all matches."""
    text = opening + pump * (length // len(pump)) + FAILS
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        for _match in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - begin)
    return best


def suffers(pattern: re.Pattern[str], opening: str, pump: str) -> bool:
    """Return whether work grows faster than the text, each time it is measured."""
    for runs in (1, 3, 6):
        whole = seconds(pattern, opening, pump, LENGTH, runs)
        if whole < QUICK_SECONDS:
            return False
        if whole < MOST * seconds(pattern, opening, pump, LENGTH // 2, runs):
            return False
    return True


def main() -> None:
    """Print the number of patterns and those that suffer, as JSON."""
    patterns = patterns_of_the_package()
    found: list[dict[str, str]] = []
    for source, flags in patterns:
        pattern = re_compile(source, flags)
        for opening, pump in dict.fromkeys(pumps(parser.parse(source, flags))):
            if pump and suffers(pattern, opening, pump):
                found.append({"pattern": source, "opening": opening, "pump": pump})
                break
    json.dump({"patterns": len(patterns), "suffer": found}, sys.stdout)


if __name__ == "__main__":
    main()
