"""Runs one command and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import argparse
import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from app import log, paths
from app.cli.options import build_parser
from app.cli.terminal import Terminal
from app.errors import IndoorsError, from_os_error
from app.paths import Paths

_CANCELLED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code."""
    _fill_missing_streams()
    _speak_utf8()
    options = build_parser().parse_args(arguments)
    log.configure(debug=options.debug)
    terminal = Terminal()
    if options.command:
        _stop_on_break()
    try:
        return _run(options, paths.find(options.home), terminal)
    except KeyboardInterrupt:
        terminal.note("Stopped.")
        return _CANCELLED
    except Exception as error:
        if _reader_left(error):
            _silence_stdout()
            return 0
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
    "check": "check",
    "runtimes": "runtimes",
    "serve": "serve",
    "settings": "settings_command",
    "read-document": "read_document",
    "read-hardware": "read_hardware",
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


def _fill_missing_streams() -> None:
    """A program of Windows that has no console has no standard streams either."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - to the end


def _speak_utf8() -> None:
    """In pipes and files text is UTF-8 with line feeds: Windows would take its old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors=stream.errors, newline="\n")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _stop_on_break() -> None:
    """Let Ctrl+Break stop a command in order, as Ctrl+C does: programs on Windows can send only that one."""
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, lambda *_: signal.raise_signal(signal.SIGINT))


def _reader_left(error: Exception) -> bool:
    """Whether standard output goes into a pipe that nobody reads; Windows calls that an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    nameless = isinstance(error, OSError) and error.filename is None
    return sys.platform == "win32" and nameless and error.errno == errno.EINVAL


def _silence_stdout() -> None:
    """The reader went away; keep the interpreter from complaining when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
