"""A model's graph loaded for computing; no tokenizer yet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

from app.engine.bucketed.decoder import BucketedDecoder
from app.engine.bucketed.load import adapt_for, load_decoder
from app.engine.decoder import Decoder
from app.engine.device_cache import DeviceCache
from app.engine.failures import explain_device
from app.engine.kv_cache import KvCache, bytes_per_token, make_cache
from app.engine.loading import load_sessions
from app.engine.memory import available_bytes, check_room, choose_context
from app.engine.placement import Share, bytes_of_nodes, read_placement, require_placement
from app.engine.providers.opening import open_provider
from app.engine.providers.provider import GraphForm, Provider
from app.engine.runtime import InferenceSession, expert_arithmetic
from app.errors import DeviceFailed, InferenceFailed, NotEnoughMemory, UsageError
from app.graph.adapt import AdaptedGraph, GraphPlan, adapt_graph
from app.graph.directml.adapt import DirectmlModel
from app.graph.header import read_header
from app.graph.interface import GraphInterface
from app.graph.layout import ModelFolder, open_folder
from app.memory_plan import graph_parts
from app.progress import Progress

_DEVICE_CONTEXT = 4096


@dataclass(frozen=True)
class LoadOptions:
    """How to load a model.

    Attributes:
        context: prompt and answer together, in tokens; None lets the memory decide.
        device: as `app.engine.providers.opening` knows them: "auto", "cpu", "webgpu:1".
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
        provider: what computes it.
        graph: as adapted.
        decoder: computes logits.
        context_length: prompt and answer together, in tokens.
        placement: what each execution provider computes, by its name.
        weight_bytes: of all the model's files.
        load_seconds: how long loading took.
    """

    folder: ModelFolder
    provider: Provider
    graph: AdaptedGraph | DirectmlModel
    decoder: Decoder | BucketedDecoder
    context_length: int
    placement: Mapping[str, Share]
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
        InferenceFailed: the memory does not hold the model, or the device is not there or fails.
        StorageError: the disk refused.
    """
    started = perf_counter()
    provider, threads = open_provider(options.device), _threads(options.threads)
    folder = open_folder(path)
    weight_bytes = sum(file.stat().st_size for file in folder.files if file.is_file())
    load = _Load(folder, provider, options, weight_bytes, progress, cancelled)
    fixed = provider.form is GraphForm.DIRECTML
    graph, decoder, placement, context = load.fixed(threads) if fixed else load.adapted(threads, cache)
    require_placement(placement, provider.name, folder.graph)
    if provider.memory:
        _try_out(decoder, provider, folder)
    elapsed = perf_counter() - started
    return LoadedGraph(folder, provider, graph, decoder, context, placement, weight_bytes, elapsed)


_Loaded = tuple[AdaptedGraph | DirectmlModel, Decoder | BucketedDecoder, Mapping[str, Share], int]


@dataclass(frozen=True)
class _Load:
    folder: ModelFolder
    provider: Provider
    options: LoadOptions
    weight_bytes: int
    progress: Progress
    cancelled: Callable[[], bool]

    def adapted(self, threads: int, cache: Path) -> _Loaded:
        """The published graph with small changes."""
        folder, provider, exact = self.folder, self.provider, self.options.exact
        plan = _plan(provider, self.options, self.weight_bytes)
        graph = adapt_graph(folder, plan, cache, provider.version)
        context = _context(folder, graph.interface, self.options, provider, self.weight_bytes)
        with expert_arithmetic(exact=exact):
            sessions = load_sessions(graph, provider, folder.graph, threads, self.progress, self.cancelled)
        headers = (read_header(part.path).graph for part in graph.parts)
        placement = read_placement(zip(sessions, map(bytes_of_nodes, headers), strict=True))
        decoder = Decoder(graph, sessions, folder.graph, _cache(graph.interface, context, provider, sessions))
        return graph, decoder, placement, context

    def fixed(self, threads: int) -> _Loaded:
        """Graphs of other operators, with fixed shapes."""
        model = adapt_for(self.folder, self.provider, exact=self.options.exact)
        context = _context(self.folder, model.interface, self.options, self.provider, self.weight_bytes)
        decoder = load_decoder(model, self.provider, context, threads, self.progress, self.cancelled)
        return model, decoder, decoder.placement, context


def _plan(provider: Provider, options: LoadOptions, weight_bytes: int) -> GraphPlan:
    """Only the processor's kernels pack weights, which several sessions do side by side."""
    return GraphPlan(
        provider=provider.kernels,
        software=provider.software,
        exact=options.exact,
        parts=1 if provider.memory else graph_parts(weight_bytes),
    )


def _context(
    folder: ModelFolder,
    interface: GraphInterface,
    options: LoadOptions,
    provider: Provider,
    weight_bytes: int,
) -> int:
    """Of an adapter's memory nothing is known here: who asks for one has looked at it."""
    longest, token_bytes = longest_context(folder, interface), bytes_per_token(interface)
    if provider.memory:
        wanted = options.context or min(longest, _DEVICE_CONTEXT)
        return choose_context(wanted, longest, token_bytes, sys.maxsize)
    available = available_bytes() if options.guarded else sys.maxsize
    free = check_room(folder.graph, weight_bytes, available)
    return choose_context(options.context, longest, token_bytes, free)


def _try_out(decoder: Decoder | BucketedDecoder, provider: Provider, folder: ModelFolder) -> None:
    try:
        decoder.try_out()
    except (NotEnoughMemory, DeviceFailed):
        raise
    except InferenceFailed as error:
        raise DeviceFailed(
            "{device} cannot compute {model}: {cause}",
            "Use --device cpu.",
            device=provider.device,
            model=folder.root.name,
            cause=error.cause,
        ) from error


def _cache(
    interface: GraphInterface, context: int, provider: Provider, sessions: Sequence[InferenceSession]
) -> KvCache:
    if provider.memory and interface.shares_kv:
        with explain_device(provider.device):
            return DeviceCache(interface, context, sessions[0], provider.memory)
    return make_cache(interface, context)


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
