"""A loaded model: everything between a folder and its tokens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from app.engine.chat_template import ChatTemplate
from app.engine.constraint import Grammars
from app.engine.decode_speed import decode_speed
from app.engine.decoding import LogitsSource
from app.engine.generate import Generation, Limits
from app.engine.kv_cache import bytes_per_token
from app.engine.loaded_graph import LoadedGraph, LoadOptions, load_graph, longest_context
from app.engine.sampler import Sampler
from app.engine.statistics import GenerationStatistics
from app.engine.tokenizer import Tokenizer
from app.errors import InferenceFailed
from app.progress import Progress

__all__ = ["Engine", "LoadOptions"]


class Engine:
    """A loaded model. Answers one request at a time; not for use from several threads at once.

    Attributes:
        folder: where it came from.
        tokenizer: of the model.
        template: its chat template, or None when it has none.
        context_length: prompt and answer together, in tokens.
        longest_context: the most tokens the model can read at once, whatever the memory holds.
        vocabulary_size: number of logits.
        device: where it computes.
        load_seconds: how long loading took.
        placement: what each execution provider computes, by its name.
        statistics: of the last generation.
    """

    def __init__(self, loaded: LoadedGraph, tokenizer: Tokenizer, template: ChatTemplate | None) -> None:
        self.folder = loaded.folder
        self.tokenizer = tokenizer
        self.template = template
        self.context_length = loaded.context_length
        self.longest_context = longest_context(loaded.folder, loaded.graph.interface)
        self.vocabulary_size = loaded.graph.interface.vocabulary_size
        self.device = loaded.provider.device
        self.load_seconds = loaded.load_seconds
        self.placement = loaded.placement
        self.statistics = GenerationStatistics()
        self._decoder: LogitsSource | None = loaded.decoder
        self._kv_token_bytes = bytes_per_token(loaded.graph.interface)

    @classmethod
    def load(
        cls,
        folder: Path,
        options: LoadOptions,
        cache: Path,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> Engine:
        """Load a model: arguments and errors as in `load_graph`, and TemplateFailed for its chat template."""
        loaded = load_graph(folder, options, cache, progress, cancelled)
        tokenizer = Tokenizer.from_folder(loaded.folder)
        return cls(loaded, tokenizer, ChatTemplate.from_folder(loaded.folder, tokenizer))

    @cached_property
    def grammars(self) -> Grammars:
        """Grammars that an answer can be made to follow."""
        return Grammars(self.tokenizer, self.vocabulary_size, self.folder.eos_ids)

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
            raise _gone()
        limits = Limits(self.context_length, max_tokens, frozenset(stop_ids))
        generation = Generation(self._decoder, sampler, limits, cancelled)
        self.statistics = generation.statistics
        return generation.run(prompt, progress)

    def measure_speed(self, seconds: float, progress: Progress, cancelled: Callable[[], bool]) -> float:
        """Tokens a second that it writes behind an empty prompt; the cache is empty afterwards.

        Args:
            seconds: how long it may take; some tokens are computed even if that is too short.
            progress: hears "measure" with the milliseconds that are over.
            cancelled: asked between tokens and from another thread.

        Raises:
            InferenceFailed: as in `generate`.
            Cancelled: it was.
        """
        if self._decoder is None:
            raise _gone()
        context, vocabulary = self.context_length, self.vocabulary_size
        return decode_speed(self._decoder, context, vocabulary, seconds, progress, cancelled)

    @property
    def kv_bytes(self) -> int:
        """Memory that the KV cache takes now."""
        decoder = self._decoder
        return decoder.cache.capacity * self._kv_token_bytes if decoder is not None else 0

    def close(self) -> None:
        """Give the memory of weights and cache back."""
        self._decoder = None


def _gone() -> InferenceFailed:
    return InferenceFailed("The model is not loaded any more.", "Load it again.")
