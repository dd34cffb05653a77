"""The entry: `python -m app`, or `indoors` once installed. Imports only what the command needs."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the worker skips it, for it must take its pipes before anything prints."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["worker"]:
        from app.worker.host import main as work

        work(arguments[1:])
    if arguments == ["--version"]:
        from app import __version__

        sys.stdout.write(f"indoors {__version__}\n")
        return 0
    from app.cli.main import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
