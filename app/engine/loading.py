"""Loading: a session for each part of a graph, made side by side, with progress, stoppable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from app.engine.runtime import CPU, InferenceSession, SessionOptions, explain_load
from app.engine.termination import Termination
from app.errors import Cancelled
from app.graph.adapt import AdaptedGraph, GraphPart
from app.progress import Progress

_SILENT = 4  # what fails is raised as well


def load_sessions(
    graph: AdaptedGraph, model: Path, threads: int, progress: Progress, cancelled: Callable[[], bool]
) -> list[InferenceSession]:
    """Create the sessions of all parts.

    Args:
        graph: the adapted graph.
        model: the graph's file as the user knows it, for errors.
        threads: that compute, and that load.
        progress: hears "load" with the parts that are ready.
        cancelled: asked every 50 ms from another thread.

    Raises:
        Cancelled: the user stopped it.
        ModelError: onnxruntime does not take the graph or its data.
        InferenceFailed: the memory does not hold it.
    """
    options = [_options(graph, threads) for _ in graph.parts]

    def stop() -> None:
        for each in options:
            each.set_load_cancellation_flag(True)

    with Termination(cancelled, stop), ThreadPoolExecutor(threads, "load") as pool:
        if cancelled():
            raise Cancelled("Loading was cancelled.")
        futures = [
            pool.submit(_create, part, option, model)
            for part, option in zip(graph.parts, options, strict=True)
        ]
        return _collect(futures, stop, progress)


def _collect(
    futures: Sequence[Future[InferenceSession]], stop: Callable[[], None], progress: Progress
) -> list[InferenceSession]:
    """Wait for all; the first failure stops the others."""
    progress("load", 0, len(futures))
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        progress("load", len(futures) - len(pending), len(futures))
        failed = next((error for future in done if (error := future.exception())), None)
        if failed:
            stop()
            raise failed
    return [future.result() for future in futures]


def _create(part: GraphPart, options: SessionOptions, model: Path) -> InferenceSession:
    with explain_load(model):
        return InferenceSession(part.path, options, providers=[CPU])


def _options(graph: AdaptedGraph, threads: int) -> SessionOptions:
    options = SessionOptions()
    options.log_severity_level = _SILENT
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    for key, value in graph.session_options.items():
        options.add_session_config_entry(key, value)
    return options
