"""The entry: `python -m app`, or `indoors` once installed. Imports only what the command needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main() -> int:
    """Run the command line; the worker skips it, for it must take its pipes before anything prints."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from app import __version__

        sys.stdout.write(f"indoors {__version__}\n")
        return 0
    if (position := _worker_position(arguments)) is not None:
        from app.worker.host import main as work

        work([*arguments[:position], *arguments[position + 1 :]])
    from app.cli.main import main as run

    return run(arguments)


def _worker_position(arguments: Sequence[str]) -> int | None:
    """Where the command `worker` stands: after nothing but the options every command has."""
    takes_value = False
    for position, argument in enumerate(arguments):
        if takes_value:
            takes_value = False
        elif argument == "worker":
            return position
        elif argument == "--home":
            takes_value = True
        elif argument != "--debug" and not argument.startswith("--home="):
            return None
    return None


if __name__ == "__main__":
    sys.exit(main())
