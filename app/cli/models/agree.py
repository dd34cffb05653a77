"""Having a licence accepted before the first download under it."""

from __future__ import annotations

import sys
from datetime import date

from app.cli.terminal import Terminal, visible
from app.errors import UsageError
from app.library.licences import Acceptances, Terms, spdx

_YES = {"y", "yes"}


def agree(terms: Terms, acceptances: Acceptances, terminal: Terminal, *, accepted: bool) -> None:
    """See that the terms are accepted: they were before, by an option, or by a person who is asked now.

    Raises:
        UsageError: they are not.
    """
    if acceptances.of(terms) is not None:
        return
    if not accepted:
        if not (terminal.watched and sys.stdin.isatty()):
            acceptances.require(terms)
        _ask(terms, terminal)
    acceptances.accept(terms, date.today())


def _ask(terms: Terms, terminal: Terminal) -> None:
    licence = visible(spdx(terms.licence)) or "that its publisher does not name"
    terminal.note(f"{terms.model} is under the licence {licence}.")
    if terms.usage:
        terminal.note(terms.usage)
    terminal.note(terms.text or "Its text comes with the model's files.")
    terminal.err.write("Do you accept it? [y/N] ")
    terminal.err.flush()
    if sys.stdin.readline().strip().casefold() not in _YES:
        raise UsageError("The licence was not accepted, so nothing was downloaded.")
