"""Runs one command and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from app import log, paths
from app.cli.options import build_parser
from app.cli.terminal import Terminal
from app.errors import IndoorsError, from_os_error
from app.paths import Paths

_CANCELLED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code."""
    options = build_parser().parse_args(arguments)
    log.configure(debug=options.debug)
    terminal = Terminal()
    try:
        return _run(options, paths.find(options.home), terminal)
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except KeyboardInterrupt:
        terminal.note("Stopped.")
        return _CANCELLED
    except Exception as error:
        return _explain(error, terminal, debug=options.debug)


def _run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    command = _command(options.command)
    return command(options, places, terminal)


_MODULES = {
    None: "window",
    "ask": "ask",
    "chat": "chat",
    "models": "models",
    "inspect": "inspect_prompt",
    "bench": "bench",
    "settings": "settings_command",
    "read-document": "read_document",
}

Command = Callable[[argparse.Namespace, Paths, Terminal], int]


def _command(name: str | None) -> Command:
    """Import only what the command needs: starting must stay quick."""
    run: Command = import_module(f"app.cli.{_MODULES[name]}").run
    return run


def _explain(error: Exception, terminal: Terminal, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error, file=terminal.err)
    if isinstance(error, OSError):
        error = from_os_error(error, "the command")
    if isinstance(error, IndoorsError):
        terminal.note(f"indoors: {error}")
        return error.exit_code
    reason = str(error) or type(error).__name__
    terminal.note(
        f"indoors: An unexpected failure: {reason}. Run it again with --debug and report what it prints."
    )
    return IndoorsError.exit_code


def _silence_stdout() -> None:
    """The reader went away; keep the interpreter from complaining when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
