"""Generation: a prompt is computed in chunks, then token after token is sampled and computed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from app.engine.decoding import LogitsSource
from app.engine.draw import Logits
from app.engine.prefix import shared_prefix
from app.engine.runtime import RunOptions
from app.engine.sampler import Sampler
from app.engine.statistics import GenerationStatistics, StopReason
from app.engine.termination import Termination
from app.errors import Cancelled, ContextExceeded, RequestError
from app.progress import Progress


@dataclass(frozen=True)
class Limits:
    """Where a generation ends.

    Attributes:
        context: the most tokens prompt and output may have together.
        max_tokens: the most tokens of output.
        stop_ids: tokens that end the output; they are yielded too.
    """

    context: int
    max_tokens: int
    stop_ids: Collection[int]


class Generation:
    """One answer being generated.

    Args:
        decoder: with the cache of the previous turn, whose common prefix is not computed again.
        sampler: built for this request.
        limits: where it ends.
        cancelled: asked between tokens, and every 50 ms from another thread.

    Attributes:
        statistics: filled while it runs.
    """

    def __init__(
        self, decoder: LogitsSource, sampler: Sampler, limits: Limits, cancelled: Callable[[], bool]
    ) -> None:
        self.statistics = GenerationStatistics()
        self._decoder = decoder
        self._sampler = sampler
        self._limits = limits
        self._cancelled = cancelled
        self._options = RunOptions()

    def run(self, prompt: Sequence[int], progress: Progress) -> Iterator[int]:
        """Yield token ids, the stop token included, until a limit or the user ends it.

        Cancelling ends the iteration without an error, within a token or about 50 ms of the prompt's run; the
        cache keeps what was computed, so the same prompt goes on from there.

        Args:
            prompt: at least one token.
            progress: hears "prefill" with the tokens of the prompt.

        Raises:
            ContextExceeded: the prompt leaves no room for a token.
            InferenceFailed: a kernel failed, or the logits are not numbers.
        """
        check_length(prompt, self._limits.context)
        started = perf_counter()
        with Termination(self._cancelled, self._terminate):
            try:
                logits = self._prefill(prompt, progress)
                self.statistics.prefill_s = perf_counter() - started
                yield from self._decode(logits, [*prompt], started)
            except Cancelled:
                self.statistics.stop_reason = StopReason.CANCELLED

    def _terminate(self) -> None:
        self._options.terminate = True

    def _compute(self, ids: Sequence[int]) -> Logits:
        if self._cancelled():
            raise Cancelled("The answer was cancelled.")
        return self._decoder.compute(ids, self._options)

    def _prefill(self, prompt: Sequence[int], progress: Progress) -> Logits:
        cached = shared_prefix(self._decoder.cache.tokens, prompt)
        self._decoder.cache.truncate(cached)
        self.statistics.input_tokens = len(prompt)
        self.statistics.cached_tokens = cached
        progress("prefill", cached, len(prompt))
        for start in range(cached, len(prompt), self._decoder.chunk):
            ids = prompt[start : start + self._decoder.chunk]
            logits = self._compute(ids)
            progress("prefill", start + len(ids), len(prompt))
        return logits

    def _decode(self, logits: Logits, tokens: list[int], started: float) -> Iterator[int]:
        """Sample, yield, compute; the consumer's own time is not counted."""
        statistics, run_before = self.statistics, self._decoder.run_s
        for number in range(self._limits.max_tokens):
            since = perf_counter()
            if number:
                logits = self._compute(tokens[-1:])
            tokens.append(self._sampler(logits, tokens))
            statistics.output_tokens += 1
            if number:
                statistics.decode_s += perf_counter() - since
                statistics.run_s = self._decoder.run_s - run_before
            else:
                statistics.ttft_s = perf_counter() - started
            ended = self._ended(tokens)
            if ended:
                statistics.stop_reason = ended
            yield tokens[-1]
            if ended:
                return
        statistics.stop_reason = StopReason.LENGTH

    def _ended(self, tokens: Sequence[int]) -> StopReason | None:
        if tokens[-1] in self._limits.stop_ids:
            return StopReason.STOP
        return StopReason.CONTEXT if len(tokens) >= self._limits.context else None


def check_length(prompt: Sequence[int], context: int) -> None:
    """Raise RequestError for an empty prompt, ContextExceeded for one that leaves no room for a token."""
    if not prompt:
        raise RequestError("The prompt is empty.", "Write something.")
    if len(prompt) >= context:
        raise ContextExceeded(
            "The prompt has {tokens} tokens, and the context holds {context}, answer included.",
            "Shorten it, start a new conversation, or load the model with a larger --context.",
            tokens=len(prompt),
            context=context,
        )
