"""The program's frame: commands loaded on first use, help in the chosen language."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module

import click

from textsafe import __version__
from textsafe.cli.common import EXIT_WRONG
from textsafe.cli.usage import UnknownCommandError
from textsafe.errors import UsageError
from textsafe.messages import Language, message

COMMANDS = ("parse", "tasks", "deadlines", "evaluate", "schema", "doctor")
HELP_WIDTH = 80  # fixed, so that help reads the same everywhere, the documentation included


class _Formatter(click.HelpFormatter):
    """Writes click's own few words in the chosen language."""

    def __init__(self, lang: Language) -> None:
        super().__init__(width=HELP_WIDTH)
        self.lang = lang

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or message("help_usage", self.lang).text)

    def write_heading(self, heading: str) -> None:
        known = {"Options": "help_options", "Commands": "help_commands"}
        local = message(known[heading], self.lang).text if heading in known else heading
        super().write_heading(local)


class _Context(click.Context):
    """A context whose ``obj`` is the language that its help speaks."""

    def make_formatter(self) -> click.HelpFormatter:
        return _Formatter(self.obj)


class Command(click.Command):
    """A command with its help and its common options in one language.

    Args:
        name: The command's name; its help is the message ``help_<name>``.
        lang: Language of its help.
        params: Its own arguments and options.
        callback: The work; it returns the exit code.
    """

    context_class = _Context

    def __init__(
        self,
        name: str,
        *,
        lang: Language,
        params: list[click.Parameter],
        callback: Callable[..., int],
    ) -> None:
        about = message(f"help_{name}", lang)
        super().__init__(
            name,
            params=[*params, _lang_option(lang), _help_option(lang)],
            callback=callback,
            help=f"{about.text}\n\n{about.hint}",
            short_help=about.text,
            context_settings={"allow_extra_args": True},
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that are left over, in the chosen language."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError("usage_extra", arguments=" ".join(rest))
        return rest


class Program(click.Group):
    """The program: it imports a command's module when the command is named."""

    context_class = _Context

    def __init__(self, lang: Language) -> None:
        about = message("help_textsafe", lang)
        version = message("help_option_version", lang).text
        super().__init__(
            "textsafe",
            help=f"{about.text}\n\n{about.hint}",
            invoke_without_command=True,
            callback=click.pass_context(_demand_command),
            params=[
                _lang_option(lang, envvar="TEXTSAFE_LANG"),
                _version_option(version),
                _help_option(lang),
            ],
        )
        self.lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a user's day."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command `cmd_name`, or None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: Command = import_module(f"textsafe.cli.{cmd_name}").command(self.lang)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse an unknown command and name the nearest ones."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise UnknownCommandError(args[0], get_close_matches(args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)


def _demand_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(EXIT_WRONG)


def _lang_option(lang: Language, *, envvar: str | None = None) -> click.Option:
    """Return ``--lang``; its value was taken before parsing, here it is only checked."""
    return click.Option(
        ["--lang"],
        type=click.Choice(["zh", "en"]),
        envvar=envvar,
        expose_value=False,
        help=message("help_option_lang", lang).text,
    )


def _version_option(text: str) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"textsafe {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=text
    )


def _help_option(lang: Language) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=message("help_option_help", lang).text,
    )
