"""One request answered: prompt, tokens, messages, events."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.engine.engine import Engine
from app.engine.parsers import parser_for
from app.engine.sampler import Sampler, build_sampler
from app.engine.statistics import GenerationStatistics, StopReason
from app.errors import Cancelled, IndoorsError
from app.progress import Progress
from app.respond.events import Emit, ResponseWriter
from app.respond.grammar import answer_grammar
from app.respond.prompt import Prompt, fit_prompt
from app.respond.reading import AnswerReader, joined
from app.respond.request import ResponseRequest
from app.respond.response import Usage

Hear = Callable[[list[int]], None]
"""Takes the token ids of an answer when it ended, well or not."""

_HEARTBEAT_SECONDS = 5.0


@dataclass(frozen=True)
class Outcome:
    """What an answer took.

    Attributes:
        usage: tokens.
        statistics: times.
        prompt_ids: the prompt's token ids.
        output_ids: the answer's token ids, control tokens included; of a continued one, all.
        left_out: turns of the conversation that the model did not read, because they did not fit.
    """

    usage: Usage
    statistics: GenerationStatistics
    prompt_ids: list[int] = field(default_factory=list)
    output_ids: list[int] = field(default_factory=list)
    left_out: int = 0

    def timings(self) -> dict[str, float]:
        """Seconds, and tokens a second."""
        statistics = self.statistics
        return {
            "ttft_s": statistics.ttft_s,
            "prefill_s": statistics.prefill_s,
            "decode_s": statistics.decode_s,
            "run_s": statistics.run_s,
            "prefill_tokens_per_s": statistics.prefill_tokens_per_s,
            "decode_tokens_per_s": statistics.decode_tokens_per_s,
        }


def answer(
    engine: Engine,
    request: ResponseRequest,
    emit: Emit,
    progress: Progress,
    cancelled: Callable[[], bool],
    hear: Hear = lambda _: None,
) -> Outcome:
    """Answer a request with a loaded model.

    Args:
        engine: the model.
        request: what is asked.
        emit: takes the events of the Responses API. None is emitted for a request that is refused; an answer
            that has begun always ends with `response.completed`, `.incomplete` or `.failed`.
        progress: hears "prefill".
        cancelled: asked between tokens.
        hear: takes the answer's tokens after the last event, also where an error is raised.

    Raises:
        RequestError, UnsupportedModel, TemplateFailed: the request was refused.
        ContextExceeded: it is too long.
        Cancelled: the user stopped it; what there was of the answer has been told.
        InferenceFailed: the engine failed; likewise.
    """
    prompt = fit_prompt(request, engine.tokenizer, engine.template, date.today(), engine.context_length)
    sampler = _sampler(engine, request, prompt)
    answering = _Answering(engine, request, prompt, emit)
    try:
        return answering.run(sampler, progress, cancelled)
    finally:
        hear(answering.ids)


class _Answering:
    """One answer being given."""

    def __init__(self, engine: Engine, request: ResponseRequest, prompt: Prompt, emit: Emit) -> None:
        self._engine = engine
        self._request = request
        self._prompt = prompt
        self._writer = ResponseWriter(request, engine.folder.root.name, emit)
        self._reader = AnswerReader(parser_for(engine.tokenizer)(prompt.text), request.stop)
        self._output: list[int] = []

    def run(self, sampler: Sampler, progress: Progress, cancelled: Callable[[], bool]) -> Outcome:
        self._writer.start()
        self._repeat()
        try:
            if not self._reader.stopped:  # by what there was already
                self._generate(sampler, self._with_heartbeat(progress), cancelled)
        except IndoorsError as error:
            self._break_off(error)
            raise
        except Exception as error:
            self._break_off(IndoorsError("An unexpected fault: {kind}.", kind=type(error).__name__))
            raise
        self._end()
        prompt = self._prompt
        return Outcome(
            self._usage(), self._engine.statistics, prompt.rendered.token_ids, self.ids, prompt.left_out
        )

    @property
    def ids(self) -> list[int]:
        """The answer's tokens, with those it was begun with."""
        return [*self._prompt.begun, *self._output]

    def _repeat(self) -> None:
        """Tell what there is already of an answer that is continued."""
        events = [event for token_id in self._prompt.begun for event in self._reader.feed(token_id)]
        self._writer.take(joined(events))
        self._reader.count_from_here()

    def _generate(self, sampler: Sampler, progress: Progress, cancelled: Callable[[], bool]) -> None:
        most = _room(self._engine, self._request, self._prompt)
        stops = self._engine.folder.eos_ids
        prompt = self._prompt.token_ids
        for token_id in self._engine.generate(prompt, sampler, most, stops, progress, cancelled):
            self._output.append(token_id)
            self._writer.take(self._reader.feed(token_id))
            if self._reader.stopped:
                return

    def _end(self) -> None:
        reason = self._engine.statistics.stop_reason
        finished = self._reader.stopped or reason is StopReason.STOP
        self._writer.take(self._reader.finish(complete=finished))
        if finished:
            self._writer.complete(self._usage())
        elif reason is StopReason.CANCELLED:
            self._writer.cut("cancelled", self._usage())
            raise Cancelled("The answer was cancelled.")
        else:
            self._writer.cut("max_output_tokens", self._usage())

    def _break_off(self, error: IndoorsError) -> None:
        self._writer.take(self._reader.finish(complete=False))
        self._writer.fail(error, self._usage())

    def _usage(self) -> Usage:
        return Usage(
            len(self._prompt.token_ids),
            self._engine.statistics.cached_tokens,
            len(self._output),
            self._reader.reasoning_tokens,
        )

    def _with_heartbeat(self, progress: Progress) -> Progress:
        last = time.monotonic()

        def report(phase: str, done: int, total: int) -> None:
            nonlocal last
            progress(phase, done, total)
            if time.monotonic() - last >= _HEARTBEAT_SECONDS:
                self._writer.in_progress()
                last = time.monotonic()

        return report


def _room(engine: Engine, request: ResponseRequest, prompt: Prompt) -> int:
    """Tokens that the answer may have."""
    room = engine.context_length - len(prompt.token_ids)
    return min(request.max_output_tokens or room, room)


def _sampler(engine: Engine, request: ResponseRequest, prompt: Prompt) -> Sampler:
    size = engine.vocabulary_size
    masked = engine.tokenizer.masked_ids(size)
    grammar = None
    if request.prompt is None:
        room = _room(engine, request, prompt)
        grammar = answer_grammar(request, engine.tokenizer, prompt.text, engine.grammars.compiles, room)
    if grammar is None:
        return build_sampler(request.sampling, size, masked)
    constraint = engine.grammars.compile(grammar, len(prompt.rendered.token_ids))
    return build_sampler(request.sampling, size, masked, constraint)
