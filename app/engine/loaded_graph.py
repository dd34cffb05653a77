"""A model's graph loaded for computing; no tokenizer yet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

from app.engine.decoder import Decoder
from app.engine.kv_cache import bytes_per_token, make_cache
from app.engine.loading import load_sessions
from app.engine.memory import available_bytes, check_room, choose_context
from app.engine.runtime import VERSION, expert_arithmetic
from app.errors import UsageError
from app.graph.adapt import AdaptedGraph, CpuPlan, adapt_for_cpu
from app.graph.interface import GraphInterface
from app.graph.layout import ModelFolder, open_folder
from app.memory_plan import graph_parts
from app.progress import Progress

DEVICES = ("auto", "cpu")


@dataclass(frozen=True)
class LoadOptions:
    """How to load a model.

    Attributes:
        context: prompt and answer together, in tokens; None lets the memory decide.
        device: one of DEVICES.
        exact: compute in full precision instead of with int8 activations; slower.
        threads: that compute; None takes the physical cores. The first large model that a process
            loads decides for all later ones.
        guarded: refuse what the memory does not hold; else it is tried.
    """

    context: int | None = None
    device: str = "auto"
    exact: bool = False
    threads: int | None = None
    guarded: bool = True


@dataclass(frozen=True)
class LoadedGraph:
    """A graph that computes.

    Attributes:
        folder: where it came from.
        graph: as adapted.
        decoder: computes logits.
        context_length: prompt and answer together, in tokens.
        device: where it computes.
        weight_bytes: of all the model's files.
        load_seconds: how long loading took.
    """

    folder: ModelFolder
    graph: AdaptedGraph
    decoder: Decoder
    context_length: int
    device: str
    weight_bytes: int
    load_seconds: float


def load_graph(
    path: Path, options: LoadOptions, cache: Path, progress: Progress, cancelled: Callable[[], bool]
) -> LoadedGraph:
    """Load a model's graph.

    Args:
        path: a model folder of any layout.
        options: how.
        cache: where adapted graphs are kept.
        progress: hears "load" with the parts of the graph that are ready.
        cancelled: asked from another thread while it loads.

    Raises:
        Cancelled: the user stopped it.
        UsageError: an option asks for what does not exist.
        ModelError: the folder cannot be used.
        InferenceFailed: the memory does not hold the model.
        StorageError: the disk refused.
    """
    started = perf_counter()
    device, threads = _device(options.device), _threads(options.threads)
    folder = open_folder(path)
    weight_bytes = sum(file.stat().st_size for file in folder.files if file.is_file())
    plan = CpuPlan(accuracy_level=0 if options.exact else 4, parts=graph_parts(weight_bytes))
    graph = adapt_for_cpu(folder, plan, cache, VERSION)
    available = available_bytes() if options.guarded else sys.maxsize
    free = check_room(folder.graph, weight_bytes, available)
    context = choose_context(
        options.context, longest_context(folder, graph.interface), bytes_per_token(graph.interface), free
    )
    with expert_arithmetic(exact=options.exact):
        sessions = load_sessions(graph, folder.graph, threads, progress, cancelled)
    decoder = Decoder(graph, sessions, folder.graph, make_cache(graph.interface, context))
    return LoadedGraph(folder, graph, decoder, context, device, weight_bytes, perf_counter() - started)


def _device(wanted: str) -> str:
    if wanted not in DEVICES:
        raise UsageError(
            "There is no device {wanted!r}.",
            "Use --device {devices}.",
            wanted=wanted,
            devices=", ".join(DEVICES),
        )
    return "cpu"


def _threads(wanted: int | None) -> int:
    if wanted is None:
        return psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if wanted < 1:
        raise UsageError("{wanted} threads cannot compute.", "Use one thread or more.", wanted=wanted)
    return wanted


def longest_context(folder: ModelFolder, interface: GraphInterface) -> int:
    """The most tokens that the model can read at once, whatever the memory holds."""
    if interface.positions is None:
        return folder.context_length
    return min(folder.context_length, interface.positions)
