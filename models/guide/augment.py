"""Variations of a question that keep its meaning: what people add, drop and mistype."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_PREFIXES = (
    "hi, ", "hello, ", "hey, ", "hi! ", "Hello. ", "please tell me, ", "tell me ", "can you tell me ",
    "could you tell me ", "I was wondering, ", "just wondering: ", "quick question: ", "ok, ", "ok so ",
    "so ", "sorry, ", "um, ", "and ", "also, ", "one more thing: ", "question: ", "do you know ",
    "I want to know ", "I'd like to know: ", "my friend asks: ", "my boss asks, ", "hmm, ", "well, ",
    "but ", "now ", "please, ", "I'm new here, ", "as a beginner: ", "honestly, ", "help: ",
    "a colleague wants to know: ", "excuse me, ", "good morning, ", "right, ", "I need to know ",
    "not sure, but ", "hey there, ", "sorry to ask, ",
)  # fmt: skip
_SUFFIXES = (
    " please", " thanks", ", please", ", thanks", " pls", " thank you", " exactly", " actually",
    ", I wonder", " then", " here", " in short", " if I may ask", " again", ", do you know", " at all",
    " in general", " ok", ", just curious", " for me", " really", ", any idea", " right now",
    " on my machine", " briefly",
)  # fmt: skip
_CONTRACTIONS = (
    ("what is", "what's"), ("how is", "how's"), ("it is", "it's"), ("do not", "don't"),
    ("does not", "doesn't"), ("cannot", "can't"), ("I am", "I'm"), ("you are", "you're"),
    ("I have", "I've"), ("is not", "isn't"), ("want to", "wanna"), ("going to", "gonna"), ("you", "u"),
    ("are", "r"), ("please", "plz"), ("what's", "whats"), ("don't", "dont"), ("can't", "cant"),
    ("doesn't", "doesnt"), ("it's", "its"),
)  # fmt: skip
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_DROPPABLE = {
    "a", "an", "the", "is", "are", "do", "does", "can", "could", "would", "will", "i", "it", "this", "that",
    "of", "to", "for", "in", "on", "with", "my", "your", "me", "you", "so", "just", "please", "any", "some",
    "really", "be", "have", "has", "if", "there", "here", "at", "and", "or",
}  # fmt: skip


class Augmenter:
    """Vary questions at random.

    Args:
        rng: the source of randomness.
        synonyms: groups of words or phrases that may stand for each other.
    """

    def __init__(self, rng: random.Random, synonyms: Sequence[Sequence[str]]) -> None:
        self._rng = rng
        self._synonyms: dict[str, list[str]] = {}
        for group in synonyms:
            for word in group:
                others = [other for other in group if other != word]
                self._synonyms.setdefault(word.lower(), []).extend(others)
        words = sorted(self._synonyms, key=len, reverse=True)
        self._pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)

    def vary(self, question: str) -> str:
        """Return one variation; a fifth of the time the question as it is."""
        if self._chance(0.2):
            return question
        question = self._replace_synonyms(question)
        question = self._contract(question) if self._chance(0.25) else question
        question = self._drop_words(question) if self._chance(0.4) else question
        question = self._wrap(question)
        question = self._mistype(question) if self._chance(0.2) else question
        return self._case(self._punctuate(question))

    def _chance(self, probability: float) -> bool:
        return self._rng.random() < probability

    def _replace_synonyms(self, text: str) -> str:
        def replace(match: re.Match[str]) -> str:
            word = match.group(0)
            return self._rng.choice(self._synonyms[word.lower()]) if self._chance(0.3) else word

        return self._pattern.sub(replace, text)

    def _contract(self, text: str) -> str:
        long, short = self._rng.choice(_CONTRACTIONS)
        return re.sub(rf"\b{long}\b", short, text, flags=re.IGNORECASE)

    def _drop_words(self, text: str) -> str:
        words = text.split()
        if len(words) < 3:
            return text
        kept = [word for word in words if not self._chance(0.3 if word.lower() in _DROPPABLE else 0.08)]
        return " ".join(kept) if len(kept) > 1 else text

    def _wrap(self, text: str) -> str:
        if self._chance(0.25):
            text = self._rng.choice(_PREFIXES) + (text if self._chance(0.3) else text[:1].lower() + text[1:])
        if self._chance(0.12):
            body = text.rstrip("?.! ")
            text = body + self._rng.choice(_SUFFIXES) + text[len(body) :]
        return text

    def _mistype(self, text: str) -> str:
        for _ in range(self._rng.choice((1, 1, 2))):
            places = [i for i, letter in enumerate(text) if letter.isalpha() and letter.isascii()]
            if len(places) < 5:
                return text
            place = self._rng.choice(places)
            text = self._spoil(text, place)
        return text

    def _spoil(self, text: str, place: int) -> str:
        before, letter, after = text[:place], text[place], text[place + 1 :]
        kind = self._rng.randrange(4)
        if kind == 0 and after[:1].isalpha():
            return before + after[0] + letter + after[1:]
        if kind == 1:
            return before + after
        if kind == 2:
            return before + letter + letter + after
        return before + self._rng.choice(_NEIGHBOURS[letter.lower()]) + after

    def _punctuate(self, text: str) -> str:
        body = text.rstrip("?.! ")
        if not body or self._chance(0.4):
            return text
        return body + self._rng.choice(("", "", "?", "?", "??", ".", "!", " ?"))

    def _case(self, text: str) -> str:
        kind = self._rng.random()
        if kind < 0.45:
            return text.lower()
        if kind < 0.6:
            return text[:1].upper() + text[1:]
        return text.upper() if kind < 0.62 else text
