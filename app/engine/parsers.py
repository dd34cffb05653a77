"""Chooses how a model's answers are read."""

from __future__ import annotations

from app.engine.channels import ChannelParser, ParserFactory
from app.engine.harmony import HarmonyParser, speaks_harmony
from app.engine.think import ThinkParser, opens_thinking
from app.engine.tokenizer import Tokenizer


def parser_for(tokenizer: Tokenizer) -> ParserFactory:
    """Harmony for a model whose tokenizer has its channel tokens, else plain text with `<think>` sections."""
    harmony = speaks_harmony(tokenizer)

    def parser(prompt: str = "") -> ChannelParser:
        if harmony:
            return HarmonyParser(tokenizer)
        return ThinkParser(tokenizer, thinking=opens_thinking(prompt))

    return parser
