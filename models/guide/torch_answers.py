"""Answers by the torch checkpoint itself: what the trained weights say before any export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from tokenizers import Tokenizer
from transformers import GptOssForCausalLM

from models.guide.evaluate import Reply
from models.guide.questions import Case
from models.guide.tokenizer import HarmonyEncoder, Turn

_BATCH = 64
_LONGEST = 140


class TorchAnswers:
    """An Answerer: greedy generation by transformers, batched by length of prompt.

    Args:
        model: with transformers' own kernels (`use_reference_kernels`).
        encoder: makes prompts.
        tokenizer: decodes what was generated.
    """

    def __init__(self, model: GptOssForCausalLM, encoder: HarmonyEncoder, tokenizer: Tokenizer) -> None:
        self._model = model.train(False)
        self._encoder = encoder
        self._tokenizer = tokenizer

    def __call__(self, cases: Sequence[Case]) -> Iterator[Reply]:
        """Yield the replies in the order of the cases."""
        prompts = [self._prompt(case) for case in cases]
        order = sorted(range(len(cases)), key=lambda i: len(prompts[i]))
        replies: dict[int, Reply] = {}
        for first in range(0, len(order), _BATCH):
            part = order[first : first + _BATCH]
            outputs = self._generate([prompts[i] for i in part])
            replies |= {i: self._read(output) for i, output in zip(part, outputs, strict=True)}
        return iter([replies[i] for i in range(len(cases))])

    def _prompt(self, case: Case) -> list[int]:
        texts = [text for _, text in case.messages]
        history = [Turn(texts[i], "", texts[i + 1]) for i in range(0, len(texts) - 1, 2)]
        return self._encoder.prompt(history, texts[-1], "medium")

    @torch.no_grad()
    def _generate(self, prompts: Sequence[Sequence[int]]) -> list[list[int]]:
        length = max(map(len, prompts))
        padding = self._encoder.special_id("<|endoftext|>")
        ids = torch.tensor([[*[padding] * (length - len(prompt)), *prompt] for prompt in prompts])
        mask = torch.tensor([[0] * (length - len(prompt)) + [1] * len(prompt) for prompt in prompts])
        output = self._model.generate(ids, attention_mask=mask, do_sample=False, max_new_tokens=_LONGEST)
        rows: list[list[int]] = output[:, length:].tolist()
        return rows

    def _read(self, ids: Sequence[int]) -> Reply:
        text = self._tokenizer.decode(ids, skip_special_tokens=False)
        analysis, _, final = text.partition("<|end|>")
        _, _, analysis = analysis.partition("analysis<|message|>")
        _, _, final = final.partition("final<|message|>")
        return Reply(analysis, final.partition("<|return|>")[0])
