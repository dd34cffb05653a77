"""A loaded model: everything between a folder and its tokens."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

from app.engine import runtime
from app.engine.chat_template import ChatTemplate
from app.engine.decoder import Decoder
from app.engine.generate import Generation, Limits
from app.engine.kv_cache import bytes_per_token, make_cache
from app.engine.loading import load_sessions
from app.engine.memory import available_bytes, check_room, choose_context
from app.engine.sampler import Sampler
from app.engine.statistics import GenerationStatistics
from app.engine.tokenizer import Tokenizer
from app.errors import InferenceFailed, UsageError
from app.graph.adapt import AdaptedGraph, CpuPlan, adapt_for_cpu
from app.graph.interface import GraphInterface
from app.graph.layout import ModelFolder, open_folder
from app.progress import Progress

DEVICES = ("auto", "cpu")
_CHUNK = 256
_PART_BYTES = 1 << 30
_MOST_PARTS = 12


@dataclass(frozen=True)
class LoadOptions:
    """How to load a model.

    Attributes:
        context: prompt and answer together, in tokens; None lets the memory decide.
        device: one of DEVICES.
        exact: compute in full precision instead of with int8 activations; slower.
        threads: that compute; None takes the physical cores.
    """

    context: int | None = None
    device: str = "auto"
    exact: bool = False
    threads: int | None = None


class Engine:
    """A loaded model. Answers one request at a time; not for use from several threads at once.

    Attributes:
        folder: where it came from.
        tokenizer: of the model.
        template: its chat template, or None when it has none.
        context_length: prompt and answer together, in tokens.
        device: where it computes.
        load_seconds: how long loading took.
        placement: number of graph nodes on each execution provider.
        statistics: of the last generation.
    """

    def __init__(
        self, folder: ModelFolder, graph: AdaptedGraph, decoder: Decoder, context_length: int, device: str
    ) -> None:
        self.folder = folder
        self.tokenizer = Tokenizer.from_folder(folder)
        self.template = ChatTemplate.from_folder(folder, self.tokenizer)
        self.context_length = context_length
        self.device = device
        self.load_seconds = 0.0
        self.placement = decoder.placement
        self.statistics = GenerationStatistics()
        self.vocabulary_size = graph.interface.vocabulary_size
        self._decoder: Decoder | None = decoder

    @classmethod
    def load(
        cls,
        folder: Path,
        options: LoadOptions,
        cache: Path,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> Engine:
        """Load a model.

        Args:
            folder: a model folder of any layout.
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
        device = _device(options.device)
        threads = _threads(options.threads)
        opened = open_folder(folder)
        plan = CpuPlan(accuracy_level=0 if options.exact else 4, parts=_parts(_bytes(opened)))
        graph = adapt_for_cpu(opened, plan, cache, runtime.VERSION)
        context = _context(options.context, opened, graph.interface)
        sessions = load_sessions(graph, opened.graph, threads, progress, cancelled)
        decoder = Decoder(graph, sessions, opened.graph, make_cache(graph.interface, context))
        engine = cls(opened, graph, decoder, context, device)
        engine.load_seconds = perf_counter() - started
        return engine

    def generate(
        self,
        prompt: Sequence[int],
        sampler: Sampler,
        max_tokens: int,
        stop_ids: Collection[int],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> Iterator[int]:
        """Generate token ids; what the prompt shares with the previous turn is not computed again.

        Args:
            prompt: token ids.
            sampler: built for this request.
            max_tokens: the most tokens to yield.
            stop_ids: tokens that end the output; they are yielded too.
            progress: hears "prefill" with the tokens of the prompt.
            cancelled: asked between tokens and from another thread; ends the iteration without an error.

        Raises:
            ContextExceeded: the prompt leaves no room for a token.
            InferenceFailed: a kernel failed, the logits are not numbers, or the engine is closed.
        """
        if self._decoder is None:
            raise InferenceFailed("The model is not loaded any more.", "Load it again.")
        limits = Limits(self.context_length, _CHUNK, max_tokens, frozenset(stop_ids))
        generation = Generation(self._decoder, sampler, limits, cancelled)
        self.statistics = generation.statistics
        return generation.run(prompt, progress)

    def close(self) -> None:
        """Give the memory of weights and cache back."""
        self._decoder = None


def _device(wanted: str) -> str:
    if wanted not in DEVICES:
        raise UsageError(f"There is no device {wanted!r}.", f"Use --device {' or '.join(DEVICES)}.")
    return "cpu"


def _threads(wanted: int | None) -> int:
    if wanted is None:
        return psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if wanted < 1:
        raise UsageError(f"{wanted} threads cannot compute.", "Use one thread or more.")
    return wanted


def _bytes(folder: ModelFolder) -> int:
    return sum(path.stat().st_size for path in folder.files)


def _parts(weight_bytes: int) -> int:
    """Parts of about half a gigabyte: loading is stopped, and its progress shown, between and within them."""
    return max(1, min(round(weight_bytes / _PART_BYTES), _MOST_PARTS))


def _context(wanted: int | None, folder: ModelFolder, interface: GraphInterface) -> int:
    longest = folder.context_length
    if interface.positions is not None:
        longest = min(longest, interface.positions)
    free = check_room(folder.graph, _bytes(folder), available_bytes())
    return choose_context(wanted, longest, bytes_per_token(interface), free)
