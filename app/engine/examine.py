"""The checks before and after an import that need the engine."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from app.checks import Checklist, as_told
from app.engine.chat_template import ChatTemplate
from app.engine.engine import Engine, LoadOptions
from app.engine.sampler import Sampling, build_sampler
from app.engine.tokenizer import Tokenizer
from app.errors import InferenceFailed, ModelDamaged, NotEnoughMemory
from app.graph.words import Words
from app.phrases import Phrase
from app.progress import Progress

_SAMPLE = "Grüße, 世界! 3 + 4 = 7\n"
_GREETING = {"role": "user", "content": "Hello!"}
_CONVERSATION = (_GREETING, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Go on."})
_TOKENS = 10
_CONTEXT = 512
_AGAIN = "Fetch the model again, with the files that belong to it."


def check_words(words: Words, checks: Checklist) -> None:
    """Check that the tokenizer matches the vocabulary, and that the chat template renders."""
    tokenizer = checks.run(
        "tokenizer", lambda: _tokenizer(words), lambda found: Phrase.of("{count} tokens", count=found.size)
    )
    if tokenizer is None:
        return
    if words.template is None:
        checks.note("chat template", Phrase("there is none: prompts are continued as they are"))
        return
    source = words.template
    checks.run("chat template", lambda: _render(words, source, tokenizer), as_told)


def _tokenizer(words: Words) -> Tokenizer:
    if words.tokenizer is None:
        raise ModelDamaged("{origin} has no tokenizer.", _AGAIN, origin=words.origin)
    tokenizer = Tokenizer.from_text(words.tokenizer, words.origin)
    beyond = max(tokenizer.size - 1, *words.eos_ids, 0)
    if beyond >= words.vocabulary:
        raise ModelDamaged(
            "The tokenizer of {origin} belongs to another model: it has a token {token}, "
            "the graph has {vocabulary} logits.",
            _AGAIN,
            origin=words.origin,
            token=beyond,
            vocabulary=words.vocabulary,
        )
    if not tokenizer.encode(_SAMPLE):
        raise ModelDamaged("The tokenizer of {origin} finds no tokens in text.", _AGAIN, origin=words.origin)
    return tokenizer


def _render(words: Words, source: str, tokenizer: Tokenizer) -> Phrase:
    template = ChatTemplate(source, tokenizer, words.tokenizer_config, str(words.origin))
    today = datetime.date(2025, 1, 1)
    first = template.render([_GREETING], date=today)
    again = template.render(_CONVERSATION, date=today)
    return Phrase.of(
        "renders: {first} tokens for a greeting, {second} for a conversation",
        first=len(first.token_ids),
        second=len(again.token_ids),
    )


def try_out(folder: Path, cache: Path, progress: Progress, cancelled: Callable[[], bool]) -> Phrase:
    """Let a model write ten tokens.

    Args:
        folder: the model.
        cache: where adapted graphs are kept.
        progress: hears "load".
        cancelled: asked often.

    Returns:
        What it wrote, or why it was not asked, in words.

    Raises:
        ModelError: the model cannot be loaded.
        InferenceFailed: it fails, or writes nothing.
        Cancelled: it was.
    """
    try:
        engine = Engine.load(folder, LoadOptions(context=_CONTEXT), cache, progress, cancelled)
    except NotEnoughMemory as error:
        return Phrase.of("not tried, the memory does not hold it now: {reason}", reason=error.cause)
    try:
        return _written(engine, progress, cancelled)
    finally:
        engine.close()


def _written(engine: Engine, progress: Progress, cancelled: Callable[[], bool]) -> Phrase:
    masked = engine.tokenizer.masked_ids(engine.vocabulary_size)
    sampler = build_sampler(Sampling(temperature=0.0), engine.vocabulary_size, masked)
    tokens = engine.generate(_prompt(engine), sampler, _TOKENS, (), progress, cancelled)
    ids = list(islice(tokens, _TOKENS))
    if not ids:
        raise InferenceFailed("The model writes nothing.", "Choose another form of the model.")
    text = b"".join(map(engine.tokenizer.token_bytes, ids)).decode("utf-8", errors="replace")
    return Phrase.of("{count} tokens: {text}", count=len(ids), text=repr(text))


def _prompt(engine: Engine) -> Sequence[int]:
    if engine.template is None:
        return engine.tokenizer.encode("Hello!") or [0]
    return engine.template.render([_GREETING], date=datetime.date(2025, 1, 1)).token_ids
