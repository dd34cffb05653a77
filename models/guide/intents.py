"""The guide's corpus: intents, questions outside its scope, follow-ups; read from corpus/*.toml.

The files are the source of everything the guide says. Each intent has one answer and many ways to ask for
it; `held_out` questions are never trained on and measure the result (`evaluate.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "corpus"
_OUTSIDE = "out_of_scope.toml"
_FOLLOW_UPS = "follow_ups.toml"
_SYNONYMS = "synonyms.toml"
_FRESH = "fresh.toml"
OUT_OF_SCOPE = "out_of_scope"


class CorpusError(ValueError):
    """A corpus file breaks the format or repeats itself; the message names the file and the text."""


@dataclass(frozen=True)
class Intent:
    """One thing people ask.

    Attributes:
        name: `topic.short-name`, unique.
        analysis: the guide's short reasoning.
        answer: what it replies.
        more: the reply to "tell me more" right after; empty when there is none.
        questions: ways to ask, trained on.
        held_out: ways to ask, never trained on.
    """

    name: str
    analysis: str
    answer: str
    more: str = ""
    questions: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutOfScope:
    """Questions the guide cannot answer, in groups, each with one of the polite answers.

    Attributes:
        analysis: the reasoning they share.
        answers: polite refusals.
        groups: index of an answer and the questions that get it.
        templates: questions with {slots}, by index of their answer.
        slots: the words a slot can hold.
        held_out: questions never trained on; any of the answers is right.
    """

    analysis: str
    answers: tuple[str, ...]
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    templates: tuple[tuple[int, tuple[str, ...]], ...]
    slots: Mapping[str, tuple[str, ...]]
    held_out: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A short question that only makes sense after an answer: "and the 120b?" leads to another intent."""

    after: str
    leads_to: str
    questions: tuple[str, ...]
    held_out: tuple[str, ...]


@dataclass(frozen=True)
class FollowUps:
    """What people say after an answer.

    Attributes:
        more: ways to ask for more, and those never trained on.
        more_held_out: ways to ask for more that are never trained on.
        analysis: begins the reasoning before a `more`.
        exhausted: the reply when an answer has no `more`.
        exhausted_analysis: the reasoning before it.
        no_topic: the reply to "tell me more" when nothing was said before.
        no_topic_analysis: the reasoning before it.
        pairs: follow-ups that lead from one intent to another.
    """

    more: tuple[str, ...]
    more_held_out: tuple[str, ...]
    analysis: str
    exhausted: str
    exhausted_analysis: str
    no_topic: str
    no_topic_analysis: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Corpus:
    """Everything the guide is made from.

    Attributes:
        intents: what it can answer.
        out_of_scope: what it cannot.
        follow_ups: what people say after an answer.
        synonyms: words that may stand for each other.
        fresh: questions never trained on, by what they ask for, that were written after everything else.
    """

    intents: tuple[Intent, ...]
    out_of_scope: OutOfScope
    follow_ups: FollowUps
    synonyms: tuple[tuple[str, ...], ...]
    fresh: tuple[tuple[str, tuple[str, ...]], ...]

    def texts(self) -> list[str]:
        """All trained text, for the tokenizer."""
        found = [*self.out_of_scope.answers, *self.follow_ups.more, self.out_of_scope.analysis]
        found += [self.follow_ups.exhausted, self.follow_ups.no_topic]
        for intent in self.intents:
            found += [intent.analysis, intent.answer, intent.more, *intent.questions]
        for _, questions in self.out_of_scope.groups:
            found += questions
        for pair in self.follow_ups.pairs:
            found += pair.questions
        return [text for text in found if text]


def normalise(question: str) -> str:
    """Fold case, spaces and punctuation: two questions that differ in nothing else are one."""
    return " ".join(re.findall(r"[a-z0-9']+", question.lower()))


def read_corpus(folder: Path = FOLDER) -> Corpus:
    """Read and check the corpus.

    Raises:
        CorpusError: a name or question occurs twice, or a held-out question is trained on.
    """
    special = {_OUTSIDE, _FOLLOW_UPS, _SYNONYMS, _FRESH}
    topics = [path for path in sorted(folder.glob("*.toml")) if path.name not in special]
    corpus = Corpus(
        tuple(intent for path in topics for intent in _read_intents(path)),
        _read_out_of_scope(_load(folder / _OUTSIDE)),
        _read_follow_ups(_load(folder / _FOLLOW_UPS)),
        tuple(tuple(words) for words in _load(folder / _SYNONYMS)["groups"]),
        _read_fresh(_load(folder / _FRESH)),
    )
    _check(corpus)
    return corpus


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path.name}: {error}") from error


def _read_intents(path: Path) -> list[Intent]:
    try:
        return [Intent(**{k: _frozen(v) for k, v in table.items()}) for table in _load(path)["intent"]]
    except (KeyError, TypeError) as error:
        raise CorpusError(f"{path.name}: {error}") from error


def _read_out_of_scope(content: dict[str, Any]) -> OutOfScope:
    slots = {name: tuple(words) for name, words in content["slots"].items()}
    return OutOfScope(
        content["analysis"],
        tuple(content["answers"]),
        tuple((group["answer"], tuple(group["questions"])) for group in content["group"]),
        tuple((group["answer"], tuple(group.get("templates", ()))) for group in content["group"]),
        slots,
        tuple(content["held_out"]),
    )


def _read_follow_ups(content: dict[str, Any]) -> FollowUps:
    pairs = tuple(Pair(**{k: _frozen(v) for k, v in table.items()}) for table in content.pop("pair"))
    return FollowUps(**{k: _frozen(v) for k, v in content.items()}, pairs=pairs)


def _read_fresh(content: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    questions = {**content["fresh"], OUT_OF_SCOPE: content["out_of_scope"]}
    return tuple((name, tuple(texts)) for name, texts in questions.items())


def _frozen(value: str | Sequence[str]) -> Any:
    return value if isinstance(value, str) else tuple(value)


def _check(corpus: Corpus) -> None:
    trained: dict[str, str] = {}
    for name, questions in _trained(corpus):
        for question in questions:
            other = trained.setdefault(normalise(question), name)
            if other != name:
                raise CorpusError(f"{question!r} asks for {other} and for {name}.")
    names = [intent.name for intent in corpus.intents]
    for name in names:
        if names.count(name) > 1:
            raise CorpusError(f"{name} occurs twice.")
    for name, questions in [*held_out(corpus), *corpus.fresh]:
        for question in questions:
            if normalise(question) in trained:
                raise CorpusError(f"{question!r} of {name} is held out and trained on.")
    pairs = {name for pair in corpus.follow_ups.pairs for name in (pair.after, pair.leads_to)}
    for named in (pairs, {name for name, _ in corpus.fresh} - {OUT_OF_SCOPE}):
        if unknown := named - set(names):
            raise CorpusError(
                f"Follow-ups or fresh questions name {', '.join(sorted(unknown))}, which no file has."
            )


def _trained(corpus: Corpus) -> list[tuple[str, tuple[str, ...]]]:
    groups = [(OUT_OF_SCOPE, questions) for _, questions in corpus.out_of_scope.groups]
    return [(intent.name, intent.questions) for intent in corpus.intents] + groups


def held_out(corpus: Corpus) -> list[tuple[str, tuple[str, ...]]]:
    """Every held-out question by the name of what it asks for; "out_of_scope" for those without an answer."""
    found = [(intent.name, intent.held_out) for intent in corpus.intents]
    return [*found, (OUT_OF_SCOPE, corpus.out_of_scope.held_out)]
