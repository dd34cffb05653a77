"""Held-out questions as conversations, with what each should be answered with."""

from __future__ import annotations

import random
from dataclasses import dataclass

from models.guide.intents import OUT_OF_SCOPE, Corpus, Intent

_SEED = 7
_NEW_TOPICS = 80


@dataclass(frozen=True)
class Case:
    """A conversation that ends with a question never trained on.

    Attributes:
        kind: "intents", "out of scope", "follow-ups", "new topics", "no topic"; "fresh …" for the second set.
        wanted: the name of the right answer.
        messages: role and text, the last one the question.
    """

    kind: str
    wanted: str
    messages: tuple[tuple[str, str], ...]


def held_out_cases(corpus: Corpus) -> list[Case]:
    """Every held-out question, every kind of follow-up."""
    followed = _more_cases(corpus) + _pair_cases(corpus) + _new_topic_cases(corpus)
    return single_cases(corpus) + followed + _fresh_cases(corpus)


def single_cases(corpus: Corpus) -> list[Case]:
    """Every held-out question of the intents and outside them, as a first message."""
    cases = [
        Case("intents", intent.name, (("user", question),))
        for intent in corpus.intents
        for question in intent.held_out
    ]
    outside = corpus.out_of_scope.held_out
    return cases + [Case("out of scope", OUT_OF_SCOPE, (("user", question),)) for question in outside]


def _more_cases(corpus: Corpus) -> list[Case]:
    """Ask for more after each intent, with a wording never trained on; and once with nothing before."""
    wordings = corpus.follow_ups.more_held_out
    cases = []
    for number, intent in enumerate(corpus.intents):
        wanted = f"{intent.name}+more" if intent.more else "exhausted"
        question = ("user", wordings[number % len(wordings)])
        cases.append(Case("follow-ups", wanted, (*_asked(intent), question)))
    return cases + [Case("no topic", "no_topic", (("user", wording),)) for wording in wordings]


def _pair_cases(corpus: Corpus) -> list[Case]:
    intents = {intent.name: intent for intent in corpus.intents}
    return [
        Case("follow-ups", pair.leads_to, (*_asked(intents[pair.after]), ("user", question)))
        for pair in corpus.follow_ups.pairs
        for question in pair.held_out
    ]


def _new_topic_cases(corpus: Corpus) -> list[Case]:
    """A held-out question after an answer to something else."""
    rng = random.Random(_SEED)
    asked = [intent for intent in corpus.intents if intent.held_out]
    pairs = [rng.sample(asked, 2) for _ in range(_NEW_TOPICS)]
    return [
        Case("new topics", now.name, (*_asked(before), ("user", rng.choice(now.held_out))))
        for before, now in pairs
    ]


def _fresh_cases(corpus: Corpus) -> list[Case]:
    return [
        Case("fresh out of scope" if name == OUT_OF_SCOPE else "fresh intents", name, (("user", question),))
        for name, questions in corpus.fresh
        for question in questions
    ]


def _asked(intent: Intent) -> tuple[tuple[str, str], ...]:
    """The intent's first question and its answer."""
    return ("user", intent.questions[0]), ("assistant", intent.answer)
