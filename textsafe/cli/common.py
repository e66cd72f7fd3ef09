"""What all commands share: their options, and the ways to speak to a person."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import sys
import traceback
from typing import TYPE_CHECKING

import click

from textsafe.errors import UsageError
from textsafe.messages import Language, message

if TYPE_CHECKING:
    from textsafe.readers import Limits
    from textsafe.taxonomies.local_event import LocalEvents

_AMOUNT = re.compile(r"([0-9]{1,15})([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}

EXIT_GOOD = 0
EXIT_FAILED = 1
EXIT_WRONG = 2
EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, as shells have it


def files_argument() -> click.Argument:
    """Return the argument that takes files, folders and ``-``."""
    return click.Argument(["files"], nargs=-1, required=True, metavar="FILE...")


def output_option(lang: Language) -> click.Option:
    """Return ``-o FILE``."""
    text = message("help_option_output", lang).text
    return click.Option(["-o", "--output"], metavar="FILE", help=text)


def format_option(command: str, formats: list[str], lang: Language) -> click.Option:
    """Return ``--format`` of `command`; the first of `formats` is the default."""
    text = message(f"help_option_format_{command}", lang).text
    return click.Option(
        ["--format", "output_format"], type=click.Choice(formats), default=formats[0], help=text
    )


def date_option(lang: Language) -> click.Option:
    """Return ``--date YYYY-MM-DD``."""
    return click.Option(
        ["--date"],
        metavar="YYYY-MM-DD",
        callback=_day,
        help=message("help_option_date", lang).text,
    )


def events_options(lang: Language) -> list[click.Parameter]:
    """Return ``--events FILE`` and ``--region NAME``: when local events are."""
    return [
        click.Option(
            ["--events"],
            metavar="FILE",
            callback=_events,
            help=message("help_option_events", lang).text,
        ),
        click.Option(["--region"], metavar="NAME", help=message("help_option_region", lang).text),
    ]


def _events(
    _context: click.Context, _param: click.Parameter, value: str | None
) -> LocalEvents | None:
    from textsafe.taxonomies.local_event import load_events

    return None if value is None else load_events(value)


def reading_options(lang: Language) -> list[click.Parameter]:
    """Return ``--tracked``, ``--limit`` and ``--isolate``: how documents are read."""
    return [
        click.Option(
            ["--tracked"],
            type=click.Choice(["accepted", "original"]),
            default="accepted",
            help=message("help_option_tracked", lang).text,
        ),
        click.Option(
            ["--limit", "limits"],
            metavar="NAME=VALUE",
            multiple=True,
            callback=_limits,
            help=message("help_option_limit", lang).text,
        ),
        click.Option(
            ["--isolate/--no-isolate", "isolated"],
            default=False,
            help=message("help_option_isolate", lang).text,
        ),
    ]


def _limits(_context: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> Limits:
    from textsafe.readers import DEFAULT_LIMITS

    names = [field.name for field in dataclasses.fields(DEFAULT_LIMITS)]
    changes: dict[str, int] = {}
    for value in values:
        name, _, amount = value.partition("=")
        if name not in names:
            raise UsageError("usage_limit_name", name=name, names=" ".join(names))
        changes[name] = _amount(value, amount)
    return dataclasses.replace(DEFAULT_LIMITS, **changes)


def _amount(value: str, amount: str) -> int:
    found = _AMOUNT.fullmatch(amount)
    if not found or not int(found[1]):
        raise UsageError("usage_limit_value", value=value)
    return int(found[1]) * _UNITS[found[2].upper()]


def _day(_context: click.Context, _param: click.Parameter, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError("usage_date", value=value) from error


def complain(text: str) -> None:
    """Say `text` to the person, beside the data."""
    print(text, file=sys.stderr)


def summary(error: BaseException) -> str:
    """Return an unexpected error in one line.

    >>> summary(KeyError("kind"))
    "KeyError: 'kind'"
    """
    first_line = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first_line}"


def trace() -> None:
    """Print the traceback of the current error where a developer asked for it."""
    if os.environ.get("TEXTSAFE_DEBUG") == "1":
        traceback.print_exc()


def close_quietly() -> int:
    """Stop writing to a reader that went away (``| head``), and return the exit code."""
    # The interpreter flushes stdout once more at exit; that must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_BROKEN_PIPE
