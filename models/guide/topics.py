"""One word that names each intent, with which its analysis begins.

Greedy decoding takes the most probable token, not the most probable answer: if the analyses began with "They
ask about" and "This is not", ten unlikely intents would outvote the one right answer that starts differently.
A first word of its own for each intent, a single token, makes the two the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from models.guide.intents import Corpus, Intent
from models.guide.tokenizer import HarmonyEncoder

OUTSIDE = "something else"
MORE = "more"
NOWHERE = "what"
_SHORTEST = 3
_SAYS_LITTLE = {
    "are", "you", "your", "that", "this", "who", "why", "where", "too", "much", "all", "like", "left", "good",
    "bad", "how", "tell", "show", "use", "two",
}  # fmt: skip


def with_topic(topic: str, analysis: str) -> str:
    """Begin an analysis with its topic."""
    return f"On {topic}: {analysis}"


def topic_words(corpus: Corpus, encoder: HarmonyEncoder) -> dict[str, str]:
    """Give each intent the word that tells its questions apart best; no two share one.

    Raises:
        ValueError: an intent is left without a word.
    """
    taken = {OUTSIDE.split()[0], MORE, NOWHERE}
    topics: dict[str, str] = {}
    for _, name, word in sorted(_candidates(corpus, encoder), key=lambda c: (-c[0], c[1], c[2])):
        if name not in topics and word not in taken:
            topics[name] = word
            taken.add(word)
    if missing := [intent.name for intent in corpus.intents if intent.name not in topics]:
        raise ValueError(f"No word is left to name {', '.join(missing)}.")
    return topics


def _candidates(corpus: Corpus, encoder: HarmonyEncoder) -> Iterator[tuple[float, str, str]]:
    """Yield score, intent and word: in how many of its questions, times how rare among intents (tf-idf)."""
    counts = {intent.name: _words(intent) for intent in corpus.intents}
    spread = Counter(word for words in counts.values() for word in words)
    single = {word for word in spread if len(encoder.text(f" {word}")) == 1}
    for name, words in counts.items():
        for word in words.keys() & single:
            yield words[word] * math.log(len(counts) / spread[word] + 0.01), name, word


def _words(intent: Intent) -> Counter[str]:
    found = (set(re.findall(r"[a-z]+", question.lower())) for question in intent.questions)
    return Counter(word for words in found for word in words if _tells(word))


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _SAYS_LITTLE
