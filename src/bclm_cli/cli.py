"""Builds the Typer app from the commands and turns every error into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from bclm_cli import __version__, commands, errors, suggest
from bclm_cli.options.expand import expand
from bclm_cli.options.usage import no_more, own_words, shows_how, with_first_values
from bclm_cli.output import Output, give_up_stdout, say, set_up_streams

NAME = "bclm"
NOTES = {
    "Selection": "Different flags are combined (AND); a flag given twice takes either value (OR)."
}
"""What the help says of a group of options."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command line (by default this process's) and return its exit code."""
    set_up_streams()
    if sys.stdout is None:
        return _fail("cannot write to stdout: it is closed", None, errors.CANNOT)
    if f"_{NAME.upper()}_COMPLETE" in os.environ:
        from bclm_cli.options import shells

        shells.prepare()
    try:
        code = app()(args=arguments, prog_name=NAME, standalone_mode=False)
        return code if isinstance(code, int) else errors.OK
    except errors.BclmError as error:
        return _fail(str(error), error.hint, error.exit_code)
    except SystemExit as end:  # of completion
        return end.code if isinstance(end.code, int) else errors.OK
    except typer.Abort:
        return errors.INTERRUPTED
    except UnicodeEncodeError:
        what = "a name on the command line is not text in the encoding of this terminal"
        return _fail(what, None, errors.USAGE)
    except OSError as error:
        give_up_stdout()
        place = f"{error.filename}: " if error.filename else ""
        return _fail(f"{place}{error.strerror or error}", None, errors.CANNOT)


def app() -> TyperGroup:
    """The whole program as one Typer group, whose commands are built when they are called."""
    root = typer.Typer(
        cls=_Commands, rich_markup_mode=None, pretty_exceptions_enable=False, help=commands.__doc__
    )
    root.callback(
        invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
    )(_root)
    group = typer.main.get_command(root)  # with --install-completion and --show-completion
    assert isinstance(group, TyperGroup)
    return group


def command_names() -> list[str]:
    """The commands in the order of their ORDER, found by listing their folder."""
    modules = {name: import_module(f"{commands.__name__}.{name}") for name in commands.names()}
    return sorted(modules, key=lambda name: modules[name].ORDER)


def _root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Show the versions of program and data."),
) -> None:
    if version:
        from bclm_cli.query import Library
        from bclm_cli.views.cards import dated

        data = dated(Library().about()["layers"][0])
        of_data = f" (data {data})" if data else ""
        Output.detect().write([f"{NAME} {__version__}{of_data}\n"])
        raise typer.Exit()
    if context.invoked_subcommand is None:
        from bclm_cli.home import show

        show()


def _fail(message: str, hint: str | None, code: int) -> int:
    for line in message.splitlines():
        say(line)
    if hint:
        say(hint, "hint")
    return code


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        give_up_stdout()
        raise typer.Exit(errors.READER_LEFT) from None


class _Commands(TyperGroup):
    """The program's commands, each built when it is asked for; a reader that left ends it as it
    ends other Unix tools."""

    def list_commands(self, ctx: Any) -> list[str]:
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        if cmd_name not in commands.names():
            return None
        module = import_module(f"{commands.__name__}.{cmd_name}")
        info = CommandInfo(
            name=cmd_name,
            cls=_Command,
            callback=expand(module.command),
            help=module.command.__doc__,
            epilog="\n".join(module.EXAMPLES),
            context_settings={"help_option_names": ["-h", "--help"], "allow_extra_args": True},
        )
        command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
        assert isinstance(command, _Command)
        command.optional_values = getattr(module, "OPTIONAL_VALUES", {})
        return command

    def make_context(self, *arguments: Any, **settings: Any) -> Any:
        try:
            with _reader_may_leave():  # --help is written here
                return super().make_context(*arguments, **settings)
        except OSError as error:
            give_up_stdout()
            what = f"cannot write to stdout: {error.strerror or error}"
            raise errors.CannotError(what) from None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with own_words(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = commands.names()
        if args[0] not in known and not ctx.resilient_parsing:
            raise errors.UsageError(
                suggest.missing("command", args[0], suggest.near(args[0], known)), shows_how(ctx)
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _reader_may_leave():
            return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [
            (name, (import_module(f"{commands.__name__}.{name}").__doc__ or "").split("\n")[0])
            for name in command_names()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class _Command(TyperCommand):
    """A command whose help shows its own options first, then the shared ones by group, and at the
    end examples that can be copied."""

    optional_values: Mapping[str, Sequence[str]] = {}
    """The options that may stand without a value, each with its values, the default first."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            args = with_first_values(args, self.optional_values)
        with own_words(ctx):
            rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            no_more(ctx, rest)
        return rest

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            own = "Arguments" if parameter.param_type_name == "argument" else "Options"
            group = getattr(parameter, "rich_help_panel", None) or own
            groups.setdefault(group, []).append(record)
        for name, records in groups.items():
            if records:
                with formatter.section(name):
                    if name in NOTES:
                        formatter.write_text(NOTES[name])
                    formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Examples"):
            for example in (self.epilog or "").splitlines():
                formatter.write(f"{'':{formatter.current_indent}}$ {example}\n")
