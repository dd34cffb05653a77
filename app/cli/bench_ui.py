"""`indoors bench --ui`: measure the window on this computer."""

from __future__ import annotations

import argparse

from app.cli.terminal import Terminal, table
from app.ui.measure import run as measuring
from app.ui.measure.figures import Figure, as_json, figures

_HEAD = ("", "measured", "bar", "")
_TOKENS_A_SECOND = 100


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Measure the window in processes of its own, offscreen, and print the figures beside their bars."""
    with terminal.progress() as report:
        tokens = options.seconds * _TOKENS_A_SECOND
        parts = measuring.measure(options.messages, tokens, options.rounds, report)
    found = figures(parts)
    if options.json:
        terminal.data(as_json(found))
    elif terminal.out.isatty():
        _draw(found, terminal)
    else:
        terminal.line(table([_HEAD, *map(_row, found)]))
    return 0


def _row(figure: Figure) -> tuple[str, str, str, str]:
    verdict = {None: "", True: "met", False: "missed"}[figure.met]
    bar = "" if figure.bar is None else f"≤ {figure.bar:g} {figure.unit}".strip()
    return figure.label, f"{figure.value:.2f} {figure.unit}".strip(), bar, verdict


def _draw(found: list[Figure], terminal: Terminal) -> None:
    from rich.console import Console
    from rich.table import Table

    drawn = Table(box=None)
    for place, title in enumerate(_HEAD):
        drawn.add_column(title, justify="right" if place == 1 else "left")
    for figure in found:
        style = {None: "dim", True: "", False: "bold red"}[figure.met]
        drawn.add_row(*_row(figure), style=style)
    Console(file=terminal.out).print(drawn)
