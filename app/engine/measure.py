"""Measuring a model on this computer: loading, prefill, decode, the second turn, memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from app.engine.bandwidth import read_bandwidth
from app.engine.generate import Generation, Limits
from app.engine.kv_cache import bytes_per_token
from app.engine.loaded_graph import LoadedGraph, LoadOptions, load_graph
from app.engine.memory import private_bytes
from app.engine.sampler import Sampling, build_sampler
from app.engine.statistics import GenerationStatistics, StopReason
from app.errors import Cancelled, UsageError
from app.graph.traffic import bytes_per_decoded_token
from app.progress import Progress, silent

_SEED = 0
_REPLY = 16
_QUESTION = 32
_ROUNDS = 2


@dataclass(frozen=True)
class MeasureOptions:
    """What to measure, in tokens.

    Attributes:
        prompt_tokens: computed at once, for the speed of prefill.
        new_tokens: generated one by one behind them, for the speed of decoding; 2 or more.
        conversation_tokens: the first turn of a conversation, whose second turn is measured too; 0 for none.
    """

    prompt_tokens: int = 128
    new_tokens: int = 32
    conversation_tokens: int = 2000


@dataclass(frozen=True)
class Measurement:
    """What was measured. Times in seconds, sizes in bytes, speeds a second.

    Attributes:
        device: where it computed.
        context_length: in tokens.
        load_s: loading.
        prefill_tokens_per_s: prompt tokens a second, the better of two rounds.
        decode_tokens_per_s: new tokens a second, the better of two rounds.
        overhead_s: Python's own cost of a token, everything outside onnxruntime.
        overhead_share: the same as a share of the token's time.
        first_turn_s: time to the first token of a conversation's first turn; None when not measured.
        second_turn_s: of its second turn, which reuses the first one's cache.
        read_bandwidth: bytes that this computer's processor reads from memory.
        token_bytes: bytes of weights that one token has to read.
        bandwidth_share: of the read bandwidth, what decoding makes use of.
        weight_bytes: size of the model's files.
        private_bytes: memory the model takes after answering, mapped files left out.
        kv_bytes: of that, the KV cache.
    """

    device: str
    context_length: int
    load_s: float
    prefill_tokens_per_s: float
    decode_tokens_per_s: float
    overhead_s: float
    overhead_share: float
    first_turn_s: float | None
    second_turn_s: float | None
    read_bandwidth: float
    token_bytes: int
    bandwidth_share: float
    weight_bytes: int
    private_bytes: int
    kv_bytes: int


def measure(
    folder: Path,
    load: LoadOptions,
    options: MeasureOptions,
    cache: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Measurement:
    """Load a model and measure it; token ids are random, as speed does not depend on what they say.

    Args:
        folder: a model folder; it needs no tokenizer.
        load: how to load it.
        options: what to measure.
        cache: where adapted graphs are kept.
        progress: hears "bandwidth", "load", "prefill", "decode" and "conversation".
        cancelled: asked from another thread.

    Raises:
        Cancelled: the user stopped it.
        UsageError: the context does not hold what is to be measured.
        IndoorsError: as in `load_graph`.
    """
    progress("bandwidth", 0, 1)
    bandwidth = read_bandwidth(load.threads or psutil.cpu_count(logical=False) or 1)
    progress("bandwidth", 1, 1)
    before = private_bytes()
    loaded = load_graph(folder, load, cache, progress, cancelled)
    bench = _Bench(loaded, options, cancelled)
    rounds = [bench.answer(progress) for _ in range(_ROUNDS)]
    first, second = bench.conversation(progress)
    fastest = max(rounds, key=lambda each: each.decode_tokens_per_s)
    token_bytes = bytes_per_decoded_token(loaded.folder.graph)
    return Measurement(
        device=loaded.provider.device,
        context_length=loaded.context_length,
        load_s=loaded.load_seconds,
        prefill_tokens_per_s=max(each.prefill_tokens_per_s for each in rounds),
        decode_tokens_per_s=fastest.decode_tokens_per_s,
        overhead_s=fastest.overhead_s,
        overhead_share=fastest.overhead_s * fastest.decode_tokens_per_s,
        first_turn_s=first,
        second_turn_s=second,
        read_bandwidth=bandwidth,
        token_bytes=token_bytes,
        bandwidth_share=token_bytes * fastest.decode_tokens_per_s / bandwidth,
        weight_bytes=loaded.weight_bytes,
        private_bytes=private_bytes() - before,
        kv_bytes=loaded.decoder.cache.capacity * bytes_per_token(loaded.graph.interface),
    )


class _Bench:
    """Generations on one loaded graph."""

    def __init__(self, loaded: LoadedGraph, options: MeasureOptions, cancelled: Callable[[], bool]) -> None:
        self._loaded, self._options, self._cancelled = loaded, options, cancelled
        self._vocabulary = loaded.graph.interface.vocabulary_size
        self._random = np.random.default_rng(_SEED)
        needed = max(
            options.prompt_tokens + options.new_tokens,
            options.conversation_tokens + 2 * _REPLY + _QUESTION if options.conversation_tokens else 0,
        )
        if needed > loaded.context_length:
            raise UsageError(
                "Measuring needs a context of {needed} tokens; it has {context_length}.",
                "Measure fewer tokens or use a larger --context.",
                needed=needed,
                context_length=loaded.context_length,
            )

    def answer(self, progress: Progress) -> GenerationStatistics:
        """A prompt and an answer from an empty cache."""
        self._loaded.decoder.cache.truncate(0)
        prompt = self._prompt(self._options.prompt_tokens)
        return self._generate(prompt, self._options.new_tokens, "decode", progress)[0]

    def conversation(self, progress: Progress) -> tuple[float | None, float | None]:
        """Times to the first tokens of two turns."""
        if not self._options.conversation_tokens:
            return None, None
        self._loaded.decoder.cache.truncate(0)
        prompt = self._prompt(self._options.conversation_tokens)
        first, reply = self._generate(prompt, _REPLY, "conversation", progress)
        prompt = [*prompt, *reply, *self._prompt(_QUESTION)]
        second, _ = self._generate(prompt, _REPLY, "conversation", silent)
        return first.ttft_s, second.ttft_s

    def _prompt(self, length: int) -> list[int]:
        ids: list[int] = self._random.integers(0, self._vocabulary, length).tolist()
        return ids

    def _generate(
        self, prompt: Sequence[int], length: int, phase: str, progress: Progress
    ) -> tuple[GenerationStatistics, list[int]]:
        sampler = build_sampler(Sampling(temperature=0.0), self._vocabulary, ())
        limits = Limits(self._loaded.context_length, length, frozenset())
        generation = Generation(self._loaded.decoder, sampler, limits, self._cancelled)
        ids = list(_counted(generation.run(prompt, progress), phase, length, progress))
        if generation.statistics.stop_reason is StopReason.CANCELLED:
            raise Cancelled("Measuring was cancelled.")
        return generation.statistics, ids


def _counted(ids: Iterator[int], phase: str, total: int, progress: Progress) -> Iterator[int]:
    for number, id_ in enumerate(ids, 1):
        progress(phase, number, total)
        yield id_
