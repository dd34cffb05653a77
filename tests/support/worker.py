"""A tiny harmony model with random weights, and a worker that runs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from app.graph.build import Identity, build_model
from app.graph.quantize import Quantization
from app.progress import silent
from app.worker.client import WorkerClient
from tests.support.checkpoints import TinyModel, write_checkpoint

ROOT = Path(__file__).parents[2]
CONTEXT = 16384
_SPECIAL = (
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
_WORDS = "system developer user assistant analysis commentary final Reasoning: low medium high # Instructions"
_VOCABULARY = 320


def write_harmony_checkpoint(folder: Path) -> Path:
    """A gpt-oss checkpoint with random weights, a harmony tokenizer and a chat template."""
    model = TinyModel(seed=11, vocabulary=_VOCABULARY, positions=CONTEXT)
    write_checkpoint(folder, model)
    harmony_tokenizer().save(str(folder / "tokenizer.json"))
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|return|>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    template = (ROOT / "models" / "guide" / "chat_template.jinja").read_text(encoding="utf-8")
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    return folder


def harmony_tokenizer() -> Tokenizer:
    """Byte-level BPE with gpt-oss's control tokens, which are the first ids."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_VOCABULARY,
        special_tokens=list(_SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([_WORDS] * 8, trainer)
    return tokenizer


def write_harmony_model(folder: Path) -> Path:
    """The same as an ONNX model folder."""
    checkpoint = write_harmony_checkpoint(folder / "checkpoint")
    identity = Identity(id="tiny", name="Tiny", source="random weights")
    build_model(checkpoint, folder / "tiny", Quantization.FP32, identity, silent)
    return folder / "tiny"


def endless(tokens: int) -> dict[str, Any]:
    """A request whose answer does not end before so many tokens."""
    stops = {str(_SPECIAL.index(name)): -100 for name in ("<|return|>", "<|call|>", "<|endoftext|>")}
    return {
        "input": "Hello",
        "max_output_tokens": tokens,
        "indoors": {"seed": 5, "logit_bias": stops},
    }


def make_client(home: Path, **options: Any) -> WorkerClient:
    """A client of a real worker."""
    return WorkerClient(home, command=[sys.executable, "-m", "app", "worker"], **options)


async def events_of(client: WorkerClient, method: str, params: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Every event of a request, `done` included, as name and data."""
    async with client.request(method, params) as stream:
        return [(event.name, event.data) async for event in stream]
