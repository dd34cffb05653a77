"""Which bytes a token stands for, by the decoder the tokenizer declares.

Three families cover every published tokenizer:

- byte-level BPE (GPT-2, gpt-oss, Llama 3, Qwen): each character of a token stands for one byte, through the
  table of Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.2;
- SentencePiece (Llama 2, Gemma): "▁" stands for a space and `<0xE2>` for one byte
  (Kudo and Richardson 2018, byte fallback of the reference implementation);
- all others (WordPiece and what else `tokenizers` knows): whatever its own decoder adds for the token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import tokenizers

PieceBytes = Callable[[str], bytes]
_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_METASPACE = "▁"


def decoder_steps(backend: tokenizers.Tokenizer) -> tuple[dict[str, Any], ...]:
    """The decoder's steps in order, as `tokenizer.json` writes them; empty when there is none."""
    if backend.decoder is None:
        return ()
    return tuple(_flat(json.loads(backend.decoder.__getstate__())))


def _flat(decoder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if decoder["type"] != "Sequence":
        yield decoder
        return
    for step in decoder["decoders"]:
        yield from _flat(step)


def drops_leading_space(steps: tuple[dict[str, Any], ...]) -> bool:
    """Whether a decoded text loses the space that stands before its first word.

    Encoding had added it, or (WordPiece, and a tokenizer without decoder) every word brings one.
    """
    for step in steps:
        if step["type"] == "Strip" and step.get("content") == " " and step.get("start", 0) > 0:
            return True
        if step["type"] == "Metaspace" and step.get("prepend_scheme", "always") != "never":
            return True
    return not steps or any(step["type"] in {"WordPiece", "CTC"} for step in steps)


def piece_bytes(backend: tokenizers.Tokenizer, steps: tuple[dict[str, Any], ...]) -> PieceBytes:
    """Choose how a vocabulary piece becomes bytes.

    Args:
        backend: the tokenizer, asked itself where no rule is known.
        steps: what `decoder_steps` gave for it.
    """
    kinds = {step["type"] for step in steps}
    if "ByteLevel" in kinds:
        table = _byte_level_table()
        return lambda piece: b"".join(table.get(char) or char.encode() for char in piece)
    if kinds and kinds <= {"Replace", "ByteFallback", "Fuse", "Strip", "Metaspace"}:
        return _sentencepiece(steps)
    return _by_decoding(backend)


def _byte_level_table() -> dict[str, bytes]:
    """Character to byte: printable Latin-1 stands for itself, the other bytes for U+0100 and up, in order."""
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [byte for byte in range(256) if byte not in printable]
    table = {chr(byte): bytes([byte]) for byte in printable}
    return table | {chr(0x100 + index): bytes([byte]) for index, byte in enumerate(others)}


def _sentencepiece(steps: tuple[dict[str, Any], ...]) -> PieceBytes:
    replacements = [
        (step["pattern"]["String"], step["content"])
        for step in steps
        if step["type"] == "Replace" and "String" in step["pattern"]
    ]
    replacements += [(step["replacement"], " ") for step in steps if step["type"] == "Metaspace"]
    falls_back = any(step["type"] == "ByteFallback" for step in steps)

    def convert(piece: str) -> bytes:
        if falls_back and (match := _BYTE_PIECE.fullmatch(piece)):
            return bytes([int(match[1], 16)])
        for old, new in replacements:
            piece = piece.replace(old, new)
        return piece.encode()

    return convert


def _by_decoding(backend: tokenizers.Tokenizer) -> PieceBytes:
    """What the piece adds to a decoded text that already holds another one.

    Decoders treat the first piece of a text specially, so the piece is decoded second.
    """
    decoder = backend.decoder

    def convert(piece: str) -> bytes:
        if decoder is None:
            return f" {piece}".encode()
        return str(decoder.decode(["a", piece])[len(decoder.decode(["a"])) :]).encode()

    return convert
