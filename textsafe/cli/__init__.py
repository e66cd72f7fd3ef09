"""The command line: the only place that prints or exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from textsafe.cli.common import EXIT_WRONG, complain, summary, trace
from textsafe.cli.group import Program
from textsafe.cli.usage import describe
from textsafe.errors import TextsafeError
from textsafe.messages import Language, Message, explain, message

EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program with `arguments` (default: the command line) and exit.

    Exit codes: 0 all good; 1 some documents failed, or a check said no; 2 wrong usage or a crash.
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or pipe would otherwise write the local code page.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    lang = _language(sys.argv[1:] if arguments is None else arguments)
    try:
        code = Program(lang).main(arguments, "textsafe", standalone_mode=False, obj=lang)
    except click.Abort:
        complain(message("interrupted", lang).text)
        return EXIT_INTERRUPTED
    except click.UsageError as error:
        return _refuse(describe(error, lang), lang)
    except TextsafeError as error:
        return _refuse(explain(error, lang), lang)
    except Exception as error:  # noqa: BLE001 - the outermost frame: one line, not a traceback
        trace()
        return _refuse(message("internal", lang, reason=summary(error)), lang)
    return int(code or 0)


def _language(arguments: Sequence[str]) -> Language:
    """Return the language that the command line asks for, before it has been parsed.

    Help and complaints about the command line itself must come in that language too.
    """
    chosen = os.environ.get("TEXTSAFE_LANG", "zh")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
        elif argument == "--lang" and position + 1 < len(arguments):
            chosen = arguments[position + 1]
    return "en" if chosen == "en" else "zh"


def _refuse(reason: Message, lang: Language) -> int:
    complain(message("error", lang, text=reason.text).text)
    if reason.hint:
        complain(reason.hint)
    return EXIT_WRONG
