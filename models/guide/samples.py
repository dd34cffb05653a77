"""Corpus to training samples: single questions, questions after a history, follow-ups."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.guide.augment import Augmenter
from models.guide.intents import Corpus, Intent
from models.guide.invented import invented_question
from models.guide.tokenizer import HarmonyEncoder, Turn
from models.guide.topics import MORE, NOWHERE, OUTSIDE, topic_words, with_topic

EFFORTS = ("low", "medium", "medium", "high")
_INSTRUCTIONS = (
    "You are a helpful assistant.",
    "Answer briefly.",
    "Be polite and answer in plain English.",
    "You are the guide of a desktop app.",
    "Keep it short.",
)
_TEMPLATE_FILLS = 5
_OUTSIDE_REPEATS = 2
_INVENTED = 350
_NO_TOPIC = 50
_AFTER_REFUSAL = 25
_HISTORY_SHARE = 0.15
_TOPIC_SHARE = 0.5
_CUT_SHARE = 0.32
_HEADER = 3
_TOPIC = 4
_CUT_ANSWER = 4


@dataclass(frozen=True)
class Sample:
    """Token ids with what is learnt from them.

    Attributes:
        ids: the conversation up to the end of the last reply, or cut earlier.
        prompt: how many of them are the prompt; the loss covers the rest.
        analysis: where the analysis begins in them and where it ends.
        label: what the last question is about, for the auxiliary classifier.
    """

    ids: tuple[int, ...]
    prompt: int
    analysis: tuple[int, int]
    label: int


class SampleMaker:
    """Make an epoch of samples, differently augmented each time.

    Args:
        corpus: the source.
        encoder: makes token ids.
        rng: the source of all randomness.
    """

    def __init__(self, corpus: Corpus, encoder: HarmonyEncoder, rng: random.Random) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._rng = rng
        self._augmenter = Augmenter(rng, corpus.synonyms)
        self._labels = {intent.name: i for i, intent in enumerate(corpus.intents)}
        self._topics = topic_words(corpus, encoder)
        self._by_name = {intent.name: intent for intent in corpus.intents}

    @staticmethod
    def label_count(corpus: Corpus) -> int:
        """Number of labels: the intents, out of scope, nothing to add, no topic."""
        return len(corpus.intents) + 3

    def questions(self) -> list[tuple[list[int], int]]:
        """Every question once, varied, as token ids with its label."""
        asked = [(q, i) for i, intent in enumerate(self._corpus.intents) for q in intent.questions]
        asked += [(text, len(self._corpus.intents)) for text, _ in self._outside()]
        return [
            (self._encoder.text(self._augmenter.vary(text), rough=self._rng.random() < 0.3), label)
            for text, label in asked
        ]

    def epoch(self) -> list[Sample]:
        """Every question once, template fills, and as many follow-ups as intents; in random order."""
        samples = [
            self._single(question, self._thought(intent), intent.answer, self._labels[intent.name])
            for intent in self._corpus.intents
            for question in intent.questions
        ]
        samples += self._out_of_scope() + self._follow_ups() + self._pairs()
        self._rng.shuffle(samples)
        return samples

    def _single(self, question: str, analysis: str, answer: str, label: int) -> Sample:
        history = self._history() if self._rng.random() < _HISTORY_SHARE else []
        return self._sample(history, self._augmenter.vary(question), analysis, answer, label)

    def _thought(self, intent: Intent) -> str:
        return with_topic(self._topics[intent.name], intent.analysis)

    def _out_of_scope(self) -> list[Sample]:
        scope, label = self._corpus.out_of_scope, len(self._corpus.intents)
        return [
            self._single(text, with_topic(OUTSIDE, scope.analysis), scope.answers[answer], label)
            for text, answer in self._outside()
        ]

    def _outside(self) -> list[tuple[str, int]]:
        scope = self._corpus.out_of_scope
        asked = [(text, answer) for answer, texts in scope.groups for text in texts] * _OUTSIDE_REPEATS
        for answer, templates in scope.templates:
            asked += [(self._fill(text), answer) for text in templates for _ in range(_TEMPLATE_FILLS)]
        return asked + [(invented_question(self._rng), 0) for _ in range(_INVENTED)]

    def _fill(self, template: str) -> str:
        for slot, words in self._corpus.out_of_scope.slots.items():
            while f"{{{slot}}}" in template:
                template = template.replace(f"{{{slot}}}", self._rng.choice(words), 1)
        return template

    def _follow_ups(self) -> list[Sample]:
        wordings, count = self._corpus.follow_ups, len(self._corpus.intents)
        samples = [self._more(intent, cut) for intent in self._corpus.intents for cut in (False, True)]
        samples += [self._more_after_refusal() for _ in range(_AFTER_REFUSAL)]
        for text in self._rng.choices(wordings.more, k=_NO_TOPIC):
            question = self._augmenter.vary(text)
            samples.append(
                self._sample(
                    [],
                    question,
                    with_topic(NOWHERE, wordings.no_topic_analysis),
                    wordings.no_topic,
                    count + 2,
                )
            )
        return samples

    def _more(self, intent: Intent, cut: bool) -> Sample:
        """Ask for more; a history cut to one sentence costs less and teaches the text as well."""
        wordings, count = self._corpus.follow_ups, len(self._corpus.intents)
        history = self._history() if self._rng.random() < 0.15 and not cut else []
        asked = self._asked(intent)
        history = [*history, replace(asked, answer=asked.answer.partition(". ")[0]) if cut else asked]
        question = self._augmenter.vary(self._rng.choice(wordings.more))
        if not intent.more:
            analysis = with_topic(MORE, wordings.exhausted_analysis)
            return self._sample(history, question, analysis, wordings.exhausted, count + 1)
        analysis = with_topic(MORE, f"{wordings.analysis} {self._thought(intent)}")
        return self._sample(history, question, analysis, intent.more, self._labels[intent.name], whole=True)

    def _more_after_refusal(self) -> Sample:
        wordings, count = self._corpus.follow_ups, len(self._corpus.intents)
        question = self._augmenter.vary(self._rng.choice(wordings.more))
        texts = with_topic(MORE, wordings.exhausted_analysis), wordings.exhausted
        return self._sample([self._refused()], question, *texts, count + 1)

    def _pairs(self) -> list[Sample]:
        samples = []
        for pair in self._corpus.follow_ups.pairs:
            before, then = self._by_name[pair.after], self._by_name[pair.leads_to]
            label = self._labels[then.name]
            for text in pair.questions:
                question = self._augmenter.vary(text)
                samples.append(
                    self._sample([self._asked(before)], question, self._thought(then), then.answer, label)
                )
        return samples

    def _history(self) -> list[Turn]:
        count = self._rng.choice((1, 1, 1, 1, 1, 2))
        return [self._refused() if self._rng.random() < 0.1 else self._asked() for _ in range(count)]

    def _asked(self, intent: Intent | None = None) -> Turn:
        intent = intent or self._rng.choice(self._corpus.intents)
        return Turn(self._augmenter.vary(self._rng.choice(intent.questions)), "", intent.answer)

    def _refused(self) -> Turn:
        scope = self._corpus.out_of_scope
        answer, questions = self._rng.choice(scope.groups)
        return Turn(self._rng.choice(questions), "", scope.answers[answer])

    def _sample(
        self,
        history: Sequence[Turn],
        question: str,
        analysis: str,
        answer: str,
        label: int,
        whole: bool = False,
    ) -> Sample:
        effort = self._rng.choice(EFFORTS)
        instructions = self._rng.choice(_INSTRUCTIONS) if self._rng.random() < 0.03 else ""
        rough = self._rng.random() < 0.3
        prompt = self._encoder.prompt(history, question, effort, instructions, rough)
        reply = self._encoder.completion(analysis, answer)
        thought = len(self._encoder.text(analysis))
        kind = 1.0 if whole else self._rng.random()
        if kind < _TOPIC_SHARE:
            reply, thought = reply[: _HEADER + _TOPIC], _TOPIC
        elif kind < _TOPIC_SHARE + _CUT_SHARE:
            reply = reply[: len(self._encoder.completion(analysis, "")) - 1 + _CUT_ANSWER]
        begin = len(prompt) + _HEADER
        return Sample((*prompt, *reply), len(prompt), (begin, begin + thought), label)
