"""Questions with invented words: what the guide never heard of is outside its scope."""

from __future__ import annotations

import random

_SYLLABLES = (
    "ba", "be", "bo", "bri", "ca", "che", "co", "cra", "da", "del", "do", "dri", "en", "er", "fa", "fi",
    "flo", "ga", "gen", "gro", "ha", "her", "hy", "ing", "ist", "ka", "kno", "la", "le", "lo", "ma",
    "men", "mi", "mo", "na", "ni", "ny", "o", "pa", "per", "pho", "plo", "qua", "ra", "ri", "ro", "sa",
    "scu", "se", "sho", "ta", "ti", "tho", "tra", "tu", "um", "va", "ver", "vo", "wa", "zi", "zo",
)  # fmt: skip
_FRAMES = (
    "what is {}", "what is a {}", "what does {} mean", "who was {}", "where is {}", "how do {} {}",
    "tell me about {}", "my {} {}", "how do I {} a {}", "do {} exist", "rules of {}",
    "which {} helps against {}", "how do I {} my {}", "what's the {} of {}", "can my {} {}", "{}",
    "{} {}", "does {} exist", "write a {} about {}", "what happens after {}",
)  # fmt: skip


def invented_question(rng: random.Random) -> str:
    """Make one, of two to four syllables a word."""
    frame = rng.choice(_FRAMES)
    words = [
        "".join(rng.choices(_SYLLABLES, k=rng.choice((2, 2, 3, 3, 4)))) for _ in range(frame.count("{}"))
    ]
    return frame.format(*words)
