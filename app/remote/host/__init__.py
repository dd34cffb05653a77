"""The remote process's side of the process boundary: `indoors remote`."""

from __future__ import annotations

import argparse
import faulthandler
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import log, paths
from app.process.host import pipes
from app.process.host.serving import serve


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Serve requests from standard input until it ends; never returns."""
    options = _parser().parse_args(arguments)
    own = pipes.claim()
    log.configure(debug=options.debug)
    faulthandler.enable(file=pipes.STDERR)
    from app.remote.host.methods import Methods

    serve(own, Methods(paths.find(options.home)).handlers(), lambda: None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="indoors remote", description="Asks models elsewhere for another program."
    )
    parser.add_argument("--home", type=Path, help="where settings are kept")
    parser.add_argument("--debug", action="store_true", help="log everything to standard error")
    return parser
