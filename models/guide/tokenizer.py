"""The guide's tokenizer: byte-level BPE with gpt-oss's special tokens, and harmony encoding."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = (
    "<|startoftext|>",
    "<|endoftext|>",
    "<|return|>",
    "<|constrain|>",
    "<|channel|>",
    "<|start|>",
    "<|end|>",
    "<|message|>",
    "<|call|>",
    "<|endofprompt|>",
)
VOCABULARY = 3072
TEMPLATE = Path(__file__).parent / "chat_template.jinja"
_WORDS = r"'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_HARMONY_WORDS = (
    "system",
    "developer",
    "user",
    "assistant",
    "analysis",
    "commentary",
    "final",
    "Reasoning",
    "On",
)


@dataclass(frozen=True)
class Turn:
    """One question and its reply; `analysis` is empty in a history, where reasoning is dropped."""

    question: str
    analysis: str
    answer: str


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Learn merges from texts, each also in lower case and capitalised, as people type."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    variants = [form for text in texts for form in (text, text.lower(), text[:1].upper() + text[1:])]
    tokenizer.train_from_iterator([*variants, *_HARMONY_WORDS * 1000], trainer)
    return tokenizer


class HarmonyEncoder:
    """Conversations to token ids, exactly as the chat template renders them.

    Args:
        tokenizer: encodes the texts; user text never yields special tokens.
        rough: a second tokenizer with BPE dropout for augmented questions (Provilkov et al., 2020).
    """

    def __init__(self, tokenizer: Tokenizer, rough: Tokenizer | None = None) -> None:
        self._tokenizer = tokenizer
        self._rough = rough or tokenizer
        self._special = special_ids(tokenizer)
        self._cache: dict[str, list[int]] = {}

    def special_id(self, name: str) -> int:
        """Id of a special token."""
        return self._special[name]

    def prompt(
        self, history: Sequence[Turn], question: str, effort: str, instructions: str = "", rough: bool = False
    ) -> list[int]:
        """Encode everything up to the generation prompt."""
        ids = self._message("system", f"Reasoning: {effort}")
        if instructions:
            ids += self._message("developer", f"# Instructions\n\n{instructions}")
        for turn in history:
            ids += self._message("user", turn.question) + self._reply("final", turn.answer) + self._end()
        ids += [self._special["<|start|>"], *self._text("user"), self._special["<|message|>"]]
        ids += self.text(question, rough)
        return [*ids, *self._end(), self._special["<|start|>"], *self._text("assistant")]

    def text(self, text: str, rough: bool = False) -> list[int]:
        """Encode plain text; `rough` skips merges at random."""
        return self._encode(self._rough if rough else self._tokenizer, text)

    def completion(self, analysis: str, answer: str) -> list[int]:
        """Encode what the model should write after the generation prompt."""
        thought = self._reply("analysis", analysis)[2:] + self._end()
        return thought + self._reply("final", answer) + [self._special["<|return|>"]]

    def _end(self) -> list[int]:
        return [self._special["<|end|>"]]

    def _message(self, role: str, text: str) -> list[int]:
        start, message = self._special["<|start|>"], self._special["<|message|>"]
        return [start, *self._text(role), message, *self._text(text), *self._end()]

    def _reply(self, channel: str, text: str) -> list[int]:
        start, message = self._special["<|start|>"], self._special["<|message|>"]
        head = [start, *self._text("assistant"), self._special["<|channel|>"], *self._text(channel), message]
        return head + self._text(text)

    def _text(self, text: str) -> list[int]:
        if text not in self._cache:
            self._cache[text] = self._encode(self._tokenizer, text)
        return self._cache[text]

    @staticmethod
    def _encode(tokenizer: Tokenizer, text: str) -> list[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def special_ids(tokenizer: Tokenizer) -> dict[str, int]:
    """Id of each special token; they come first in the vocabulary."""
    return {name: tokenizer.get_vocab()[name] for name in SPECIAL}


def without_special(tokenizer: Tokenizer, dropout: float | None = None) -> Tokenizer:
    """Copy a tokenizer so that text never yields special tokens; `dropout` skips merges at random."""
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = []
    content["model"]["dropout"] = dropout
    return Tokenizer.from_str(json.dumps(content))


def save_tokenizer(tokenizer: Tokenizer, folder: Path, context_length: int) -> None:
    """Write tokenizer.json, tokenizer_config.json and chat_template.jinja into a folder."""
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    content = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<|startoftext|>",
        "eos_token": "<|return|>",
        "pad_token": "<|endoftext|>",
        "model_max_length": context_length,
        "clean_up_tokenization_spaces": False,
    }
    path = folder / "tokenizer_config.json"
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    shutil.copyfile(TEMPLATE, folder / TEMPLATE.name)
