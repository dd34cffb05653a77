"""The command line's grammar."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from app import __version__, settings
from app.cli.models.grammar import Commands, add_models
from app.errors import UsageError
from app.settings import Setting, Value

_DEVICE_HELP = f"what the model runs on: {settings.named('device').allowed()}"
EXIT_CODES = """\
exit codes:
  0  done                        4  the request cannot be answered as it is
  1  an unexpected failure       5  the model failed while answering
  2  wrong usage, or no display  6  the worker process died
  3  a model cannot be used      7  the disk refused
  8  a connection failed         130  stopped by you
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar; `command` is empty when only `indoors` was typed."""
    parser = argparse.ArgumentParser(
        prog="indoors",
        description="Chat with open-weight models that run on this very computer; alone, opens the window.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"indoors {__version__}")
    _add_common(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_ask(commands)
    _add_chat(commands)
    add_models(commands, _add_common)
    _add_inspect(commands)
    _add_bench(commands)
    _add_check(commands)
    _add_runtimes(commands)
    _add_serve(commands)
    _add_settings(commands)
    worker = commands.add_parser("worker", help="the process that runs the model; other programs start it")
    _add_common(worker)
    downloader = commands.add_parser("downloader", help="the process that fetches models; others start it")
    _add_common(downloader)
    remote = commands.add_parser(
        "remote", help="the process that asks models elsewhere; the window starts it"
    )
    _add_common(remote)
    reader = commands.add_parser("read-document", help="a file's text as JSON; the window starts it")
    reader.add_argument("path", type=Path, help="the file")
    _add_common(reader)
    hardware = commands.add_parser("read-hardware", help="this computer as JSON; other commands start it")
    _add_common(hardware)
    return parser


def _add_common(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    parser.add_argument(
        "--home", type=Path, default=default, help="where models and settings are kept (or INDOORS_HOME)"
    )
    parser.add_argument(
        "--debug", action="store_true", default=default or False, help="show tracebacks and the worker's log"
    )


def _add_model(parser: argparse.ArgumentParser) -> None:
    effort = settings.named("effort")
    parser.add_argument("--model", help="an installed model's id, or a model folder")
    parser.add_argument("--effort", choices=effort.choices, help=effort.help)
    parser.add_argument("--max-tokens", type=_positive, help="stop after this many tokens")
    parser.add_argument("--temperature", type=_bounded(0, 2), help="0 always takes the likeliest token")
    parser.add_argument("--top-p", type=_bounded(0, 1), help="sample from this share of the probability")
    parser.add_argument("--seed", type=int, help="the same seed gives the same answer")
    parser.add_argument("--context", type=_positive, help="tokens the conversation may hold")
    parser.add_argument("--device", help=_DEVICE_HELP)
    parser.add_argument("--exact", action="store_true", help="full-precision arithmetic: slower, no rounding")
    parser.add_argument(
        "--force", action="store_true", help="load the model even if it does not fit: the computer may stall"
    )
    parser.add_argument("--system", help="instructions the model follows in every answer")


def _add_ask(commands: Commands) -> None:
    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("prompt", nargs="?", help="the question; from standard input when missing or '-'")
    _add_model(ask)
    ask.add_argument("--json", action="store_true", help="print one JSON object instead of streaming")
    ask.add_argument("--raw", action="store_true", help="no chat template: continue the prompt as it is")
    _add_common(ask)


def _add_chat(commands: Commands) -> None:
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    _add_model(chat)
    _add_common(chat)


def _add_inspect(commands: Commands) -> None:
    inspect = commands.add_parser("inspect", help="look inside what the model is given")
    actions = inspect.add_subparsers(dest="action", metavar="ACTION", required=True)
    prompt = actions.add_parser("prompt", help="render a request: the exact text and its token ids")
    prompt.add_argument("request", nargs="?", default="-", help="a JSON request; '-' is standard input")
    prompt.add_argument("--model", help="an installed model's id, or a model folder")
    _add_common(prompt)


def _add_bench(commands: Commands) -> None:
    bench = commands.add_parser("bench", help="measure speed and memory on this computer")
    subject = bench.add_mutually_exclusive_group()
    subject.add_argument("--model", help="an installed model's id, or a model folder")
    subject.add_argument(
        "--geometry", choices=("gpt-oss-20b", "gpt-oss-120b"), help="random weights of that model's full size"
    )
    subject.add_argument("--ui", action="store_true", help="the window instead of a model, beside its bars")
    bench.add_argument("--layers", type=_positive, help="only this many layers of the geometry")
    bench.add_argument("--prompt-tokens", type=_positive, default=128, help="tokens to prefill (128)")
    bench.add_argument("--new-tokens", type=_positive, default=32, help="tokens to decode (32)")
    bench.add_argument(
        "--conversation-tokens",
        type=int,
        default=2000,
        help="length of the conversation whose second turn is timed; 0 for none (2000)",
    )
    bench.add_argument("--context", type=_positive, help="tokens the conversation may hold")
    bench.add_argument("--device", help=_DEVICE_HELP)
    bench.add_argument("--exact", action="store_true", help="full-precision arithmetic")
    bench.add_argument("--keep", action="store_true", help="keep the geometry's files for the next run")
    window = bench.add_argument_group("with --ui")
    window.add_argument(
        "--messages", type=_positive, default=2000, help="length of the long conversation (2000)"
    )
    window.add_argument("--seconds", type=_positive, default=6, help="length of a streamed answer (6)")
    window.add_argument("--rounds", type=_positive, default=5, help="how often each is measured (5)")
    bench.add_argument("--json", action="store_true", help="print JSON")
    _add_common(bench)


def _add_check(commands: Commands) -> None:
    check = commands.add_parser(
        "check",
        help="what this computer has, and which models run on it",
        epilog="exit codes: 0 runs well, 3 runs slowly, 4 does not run",
    )
    check.add_argument(
        "--model",
        help="an id, installed or in the catalogue, or a model folder; all installed ones alone",
    )
    check.add_argument(
        "--machine",
        type=Path,
        help="judge for another computer: a file with what check --json printed there",
    )
    check.add_argument("--context", type=_positive, help="tokens the conversation may hold")
    check.add_argument("--device", help=_DEVICE_HELP)
    check.add_argument("--json", action="store_true", help="print JSON")
    _add_common(check)


def _add_runtimes(commands: Commands) -> None:
    parser = commands.add_parser("runtimes", help="what graphics adapters need: list, install, remove")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="every runtime there is, and how it is")
    install = actions.add_parser("install", help="fetch a runtime through pip's index and install it")
    install.add_argument(
        "--platform", default="", help="a platform tag of pip's for another system: win_amd64"
    )
    remove = actions.add_parser("remove", help="delete an installed runtime")
    for each in (install, remove):
        each.add_argument("name", help="webgpu or directml")
    for each in actions.choices.values():
        each.add_argument("--json", action="store_true", help="print JSON")
        _add_common(each)
    _add_common(parser)


def _add_serve(commands: Commands) -> None:
    serve = commands.add_parser("serve", help="answer other programs: the Responses API at this computer")
    serve.add_argument(
        "--port", type=_port, default=8040, help="where it listens; 0: any that is free (8040)"
    )
    serve.add_argument(
        "--host", default="127.0.0.1", help="the address it listens at; another one needs a key (127.0.0.1)"
    )
    serve.add_argument("--api-key", help="the key that clients must send (or INDOORS_API_KEY)")
    serve.add_argument("--model", help="the id of the model that answers where a request names none")
    serve.add_argument("--device", help=_DEVICE_HELP)
    serve.add_argument(
        "--allow-origin", action="append", default=[], help="a web page that may use it, as https://name"
    )
    serve.add_argument(
        "--keep-alive",
        type=_minutes,
        default=0,
        help="minutes until an unused model is let go (0: never)",
    )
    rate = settings.named("server-rate-limit")
    serve.add_argument(
        "--rate-limit",
        type=_declared(rate),
        default=rate.default,
        help=f"{rate.help[0].lower()}{rate.help[1:-1]} ({rate.default})",
    )
    serve.add_argument(
        "--force", action="store_true", help="load models even if they do not fit: the computer may stall"
    )
    _add_common(serve)


def _add_settings(commands: Commands) -> None:
    parser = commands.add_parser("settings", help="show or change the settings")
    parser.add_argument("name", nargs="?", help="one setting")
    parser.add_argument("value", nargs="?", help="its new value; 'default' resets it")
    parser.add_argument("--json", action="store_true", help="print JSON")
    _add_common(parser)


def _declared(setting: Setting) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        try:
            return setting.parse(text)
        except UsageError as error:
            raise argparse.ArgumentTypeError(f"must be {setting.allowed()}") from error

    return read


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 16:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def _minutes(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 24 * 60:
        raise argparse.ArgumentTypeError("must be from 0 to 1440 minutes")
    return number


class _bounded:  # noqa: N801 - argparse shows the name in its messages
    """A number between two bounds, both allowed."""

    def __init__(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.__name__ = f"number from {low} to {high}"

    def __call__(self, text: str) -> float:
        number = float(text)
        if not self._low <= number <= self._high:
            raise argparse.ArgumentTypeError(f"must be a {self.__name__}")
        return number
