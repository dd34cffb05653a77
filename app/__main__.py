"""The entry: `python -m app`, or `indoors` once installed. Imports only what the command needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main() -> int:
    """Run the command line; the children skip it, for they must take their pipes before anything prints."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from app import __version__

        sys.stdout.write(f"indoors {__version__}\n")
        return 0
    if (position := _position("worker", arguments)) is not None:
        from app.worker.host import main as work

        work([*arguments[:position], *arguments[position + 1 :]])
    if (position := _position("downloader", arguments)) is not None:
        from app.download.host import main as download

        download([*arguments[:position], *arguments[position + 1 :]])
    if (position := _position("remote", arguments)) is not None:
        from app.remote.host import main as ask

        ask([*arguments[:position], *arguments[position + 1 :]])
    from app.cli.main import main as run

    return run(arguments)


def _position(command: str, arguments: Sequence[str]) -> int | None:
    """Where a command stands: after nothing but the options every command has."""
    takes_value = False
    for position, argument in enumerate(arguments):
        if takes_value:
            takes_value = False
        elif argument == command:
            return position
        elif argument == "--home":
            takes_value = True
        elif argument != "--debug" and not argument.startswith("--home="):
            return None
    return None


if __name__ == "__main__":
    sys.exit(main())
