"""Writes `tests/golden/harmony_answers.json`: answers as tokens, and what openai-harmony reads in them.

The tokens are numbered anew and come with their text, so the tests need neither openai-harmony nor gpt-oss'
tokenizer. Run it after `fetch_gpt_oss_assets`:

    python -m tests.support.make_harmony_golden
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import tokenizers

from tests.support import fetch_gpt_oss_assets
from tests.support.harmony_oracle import Oracle, answers
from tests.support.small_tokenizers import HARMONY

PATH = Path(__file__).parent.parent / "golden" / "harmony_answers.json"
_COUNT = 250


def golden() -> dict[str, Any]:
    """Make the file's content.

    Returns:
        `pieces`: byte-level pieces, numbered from 0; the tokens of `HARMONY` follow them.
        `answers`: each with its `tokens` and the `messages` in them.
    """
    oracle = Oracle()
    tokenizer = tokenizers.Tokenizer.from_file(str(fetch_gpt_oss_assets.folder() / "tokenizer.json"))
    completions = [oracle.completion(messages) for messages in answers(_COUNT)]
    texts = {token: tokenizer.id_to_token(token) for tokens in completions for token in tokens}
    pieces = sorted(text for text in texts.values() if text not in HARMONY)
    numbers = {text: number for number, text in enumerate([*pieces, *HARMONY])}
    found = [
        {"tokens": [numbers[texts[token]] for token in tokens], "messages": oracle.parse(tokens)}
        for tokens in completions
    ]
    return {"pieces": pieces, "answers": found}


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(json.dumps(golden(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
