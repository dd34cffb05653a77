"""`indoors bench`: measure speed and memory on this computer."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.terminal import Terminal, size
from app.cli.work import call_worker, name_of
from app.hardware.computer import Computer
from app.hardware.devices import AUTO
from app.hardware.machine import Machine
from app.library.store import Store
from app.paths import Paths
from app.settings import Settings


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Measure a model, the geometry of one, or the window, and print the figures."""
    if options.ui:
        from app.cli import bench_ui

        return bench_ui.run(options, terminal)
    params = {
        "prompt_tokens": options.prompt_tokens,
        "new_tokens": options.new_tokens,
        "conversation_tokens": options.conversation_tokens,
        "context": options.context,
        "device": options.device or AUTO,
        "exact": options.exact,
        "threads": Settings(places.settings).number("threads") or None,
    }
    if options.geometry:
        params |= {"geometry": options.geometry, "layers": options.layers, "keep": options.keep}
    else:
        wanted = options.model or Settings(places.settings).text("model")
        params["model"] = str(Store(places).locate(wanted))
    figures = asyncio.run(call_worker(options, places, terminal, "bench", params))
    _remember(figures, options, places)
    if options.json:
        terminal.data(figures)
    else:
        terminal.line("\n".join(f"{label:36}{value}" for label, value in rows(figures)))
    return 0


def _remember(figures: Mapping[str, Any], options: argparse.Namespace, places: Paths) -> None:
    computer = Computer.here(places, Machine(""))
    if options.geometry:
        computer.records.keep_bandwidth(float(figures["read_bandwidth"]))
    else:
        driver = computer.driver(str(figures["device"]))
        computer.records.keep_bench(name_of(Path(figures["model"])), driver, figures)


def rows(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The figures in words, one a row."""
    first, second = figures["first_turn_s"], figures["second_turn_s"]
    found = [
        ("Model", figures["model"]),
        ("Device", figures["device"]),
        ("Load", f"{figures['load_s']:.1f} s"),
        ("Prefill", f"{figures['prefill_tokens_per_s']:.1f} tokens/s"),
        ("Decode", f"{figures['decode_tokens_per_s']:.2f} tokens/s"),
        ("Memory read bandwidth", f"{figures['read_bandwidth'] / 1e9:.1f} GB/s"),
        ("Weights read for a token", size(figures["token_bytes"])),
        ("Decode, of the bandwidth's limit", f"{figures['bandwidth_share']:.0%}"),
        ("Python's cost of a token", _overhead(figures)),
    ]
    if first and second:
        turns = f"{first:.2f} s, then {second:.2f} s ({second / first:.1%})"
        found.append(("First token, first and second turn", turns))
    memory = f"{size(figures['private_bytes'])}, of that {size(figures['kv_bytes'])} KV cache"
    return [*found, ("Weights on disk", size(figures["weight_bytes"])), ("Private memory", memory)]


def _overhead(figures: Mapping[str, Any]) -> str:
    return f"{figures['overhead_s'] * 1e3:.2f} ms ({figures['overhead_share']:.1%})"
