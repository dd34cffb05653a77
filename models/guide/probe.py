"""A quick estimate while training: how many held-out questions the auxiliary classifier names rightly."""

from __future__ import annotations

import torch

from models.guide.intents import OUT_OF_SCOPE, Corpus
from models.guide.learner import Learner
from models.guide.questions import single_cases
from models.guide.tokenizer import HarmonyEncoder


@torch.no_grad()
def classifier_report(learner: Learner, corpus: Corpus, encoder: HarmonyEncoder) -> str:
    """Describe the averaged weights' accuracy inside and outside the guide's scope."""
    labels = {intent.name: i for i, intent in enumerate(corpus.intents)} | {OUT_OF_SCOPE: len(corpus.intents)}
    right: dict[bool, list[bool]] = {True: [], False: []}
    for case in single_cases(corpus):
        ids = torch.tensor([encoder.prompt([], case.messages[-1][1], "medium")])
        hidden = learner.average.model(input_ids=ids, use_cache=False).last_hidden_state[0, -1]
        guess = int(learner.average_classifier(hidden).argmax())
        right[case.wanted == OUT_OF_SCOPE].append(guess == labels[case.wanted])
    intents, others = (sum(r) / max(len(r), 1) for r in (right[False], right[True]))
    return f"intents {intents:.1%} of {len(right[False])}, out of scope {others:.1%} of {len(right[True])}"
