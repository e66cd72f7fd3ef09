"""What click complains about, said in the language of the user."""

from __future__ import annotations

from collections.abc import Sequence

import click

from textsafe.messages import Language, Message, message


class UnknownCommandError(click.UsageError):
    """The first argument is not a command; `similar` are commands spelt nearly so."""

    def __init__(self, name: str, similar: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.similar = similar


def describe(error: click.UsageError, lang: Language) -> Message:
    """Return what was wrong with the command line, and where its help is.

    >>> describe(click.NoSuchOption("--frmat", possibilities=["--format"]), "zh").text
    '没有选项 --frmat。是否要用 --format？'
    """
    command = error.ctx.command_path if error.ctx else "textsafe"
    return Message(_text(error, lang), message("usage_help", lang, command=command).text)


def _text(error: click.UsageError, lang: Language) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return message("usage_missing", lang, name=param.metavar or param.name).text
        case click.NoSuchOption():
            said = message("usage_option", lang, name=error.option_name).text
            return said + _similar(error.possibilities or (), lang)
        case UnknownCommandError():
            said = message("usage_command", lang, name=error.name).text
            return said + _similar(error.similar, lang)
        case click.BadOptionUsage():
            return message("usage_option_value", lang, name=error.option_name).text
        case click.BadParameter(param=click.Parameter(type=click.Choice() as choice) as param):
            name = param.opts[0] if isinstance(param, click.Option) else str(param.name)
            choices = " | ".join(map(str, choice.choices))
            return message("usage_choice", lang, name=name, choices=choices).text
    return error.format_message()


def _similar(names: Sequence[str], lang: Language) -> str:
    if not names:
        return ""
    stop = "。" if lang == "zh" else ". "
    return stop + message("usage_similar", lang, names=" / ".join(names)).text
