"""Merges of a SentencePiece vocabulary, which keeps scores in place of them.

SentencePiece's BPE merges the neighbours whose union has the best score (Kudo and Richardson 2018, reference
implementation, bpe_model.cc). The same order as a list: every way to make a piece of two others, by the score
of the piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.graph.gguf.vocabulary import TokenKind, Vocabulary

SPACE = "▁"
_LONGEST = 256


def merges_by_score(vocabulary: Vocabulary, scores: Sequence[float]) -> list[tuple[str, str]]:
    """Merges in the order they are made.

    Args:
        vocabulary: the tokens.
        scores: of each.
    """
    pieces = {
        text: number
        for number, (text, kind) in enumerate(zip(vocabulary.texts, vocabulary.kinds, strict=True))
        if kind == TokenKind.NORMAL and len(text) <= _LONGEST
    }
    found = [
        (-scores[number], pieces[left], pieces[right], (left, right))
        for text, number in pieces.items()
        for left, right in _halves(text, pieces)
    ]
    return [pair for _, _, _, pair in sorted(found)]


def _halves(text: str, pieces: dict[str, int]) -> Iterator[tuple[str, str]]:
    for cut in range(1, len(text)):
        pair = text[:cut], text[cut:]
        if pair[0] in pieces and pair[1] in pieces:
            yield pair
