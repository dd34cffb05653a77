"""`indoors models verify`, `remove` and `move`."""

from __future__ import annotations

import argparse

from app.cli.terminal import Terminal, size
from app.errors import ModelDamaged
from app.library.moving import Mover
from app.library.store import Store
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Run one of the actions."""
    actions = {"verify": _verify, "remove": _remove, "move": _move}
    return actions[options.action](options, places, terminal)


def _verify(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    store = Store(places)
    model = store.get(options.id)
    done = 0
    with terminal.progress() as report:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            report("verify", done, model.manifest.bytes)

        wrong = [(record.path, problem) for record, problem in store.damage(options.id, advance)]
    if options.json:
        problems = [{"path": path, "problem": problem} for path, problem in wrong]
        terminal.data({"id": options.id, "files": len(model.manifest.files), "problems": problems})
    if wrong:
        raise ModelDamaged(
            "The model {model} is damaged: {problems}.",
            "Remove it and get it again.",
            model=options.id,
            problems="; ".join(f"{path} {problem}" for path, problem in wrong),
        )
    if not options.json:
        terminal.line(f"{options.id}: all {len(model.manifest.files)} files are as they should be.")
    return 0


def _remove(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    model = Store(places).remove(options.id, for_good=options.for_good)
    binned = not (options.for_good or model.linked)
    freed = 0 if binned else model.disk_bytes
    if options.json:
        terminal.data({"id": options.id, "removed": True, "bytes": freed, "bin": binned})
    elif binned:
        terminal.line(f"Put {options.id} into the bin; empty it to free {size(model.disk_bytes)}.")
    elif model.linked:
        terminal.line(f"Removed the link {options.id}; its files in {model.folder} were left alone.")
    else:
        terminal.line(f"Removed {options.id}; {size(freed)} are free again.")
    return 0


def _move(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    with terminal.progress() as report:
        folder = Mover(places).move(options.folder, report)
    if options.json:
        terminal.data({"folder": str(folder)})
    else:
        terminal.line(f"The models are in {folder} now.")
    return 0
