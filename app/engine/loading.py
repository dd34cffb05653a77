"""Loading: a session for each part of a graph, made side by side, with progress, stoppable.

Most of the time a session takes to make is packing weights for the processor's kernels. Much of that runs on
one thread, so the parts of a large model are made at once (docs/performance.md has the numbers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from app.engine.failures import explain_load
from app.engine.providers.provider import Provider, Providers
from app.engine.runtime import (
    SHARED_WORKSPACE,
    InferenceSession,
    SessionOptions,
    share_threads,
    share_workspace,
)
from app.engine.termination import Termination
from app.errors import Cancelled
from app.graph.adapt import AdaptedGraph, GraphPart
from app.progress import Progress

_SILENT = 4  # what fails is raised as well
_MOST_AT_ONCE = 4
_MUST_SHARE = "use_per_session_threads must be false"


def load_sessions(
    graph: AdaptedGraph,
    provider: Provider,
    model: Path,
    threads: int,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> list[InferenceSession]:
    """Create the sessions of all parts.

    The sessions of several parts share one pool of threads, since pools that spin while they wait would slow
    each other down, and one arena of working memory. onnxruntime makes that pool once in a process; all later
    sessions use it.

    Args:
        graph: the adapted graph.
        provider: computes it.
        model: the graph's file as the user knows it, for errors.
        threads: that compute.
        progress: hears "load" with the parts that are ready.
        cancelled: asked every 50 ms from another thread.

    Raises:
        Cancelled: the user stopped it.
        ModelError: onnxruntime does not take the graph or its data.
        InferenceFailed: the memory does not hold it.
    """
    if len(graph.parts) > 1:
        share_threads(threads)
        share_workspace()
    options = [_options(graph, threads) for _ in graph.parts]

    def stop() -> None:
        for each in options:
            each.set_load_cancellation_flag(True)

    if cancelled():
        raise Cancelled("Loading was cancelled.")
    with Termination(cancelled, stop), ThreadPoolExecutor(min(threads, _MOST_AT_ONCE), "load") as pool:
        pairs = zip(graph.parts, options, strict=True)
        futures = [
            pool.submit(_create, part, option, provider.equip(option, graph.look_ups), model)
            for part, option in pairs
        ]
        return _collect(futures, stop, progress)


def _options(graph: AdaptedGraph, threads: int) -> SessionOptions:
    options = SessionOptions()
    options.log_severity_level = _SILENT
    if len(graph.parts) > 1:
        options.use_per_session_threads = False
        options.add_session_config_entry(*SHARED_WORKSPACE)
    else:
        options.intra_op_num_threads = threads
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    for key, value in graph.session_options.items():
        options.add_session_config_entry(key, value)
    return options


def _create(
    part: GraphPart, options: SessionOptions, providers: Providers | None, model: Path
) -> InferenceSession:
    with explain_load(model):
        try:
            return InferenceSession(part.path, options, providers=providers, enable_fallback=0)
        except RuntimeError as error:
            if _MUST_SHARE not in str(error):
                raise
            options.use_per_session_threads = False
            return InferenceSession(part.path, options, providers=providers, enable_fallback=0)


def _collect(
    futures: Sequence[Future[InferenceSession]], stop: Callable[[], None], progress: Progress
) -> list[InferenceSession]:
    """Wait for all; the first failure stops the others."""
    progress("load", 0, len(futures))
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        failed = next((error for future in done if (error := future.exception())), None)
        if failed:
            stop()
            raise failed
        progress("load", len(futures) - len(pending), len(futures))
    return [future.result() for future in futures]
