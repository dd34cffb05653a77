"""A tiny harmony model with random weights, and a worker that runs it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.process.messages import Event
from app.progress import silent
from app.worker.client import EventStream, WorkerClient
from models.guide.tokenizer import SPECIAL
from tests.support.checkpoints import TinyModel, write_checkpoint

ROOT = Path(__file__).parents[2]
CONTEXT = 16384
_WORDS = "system developer user assistant analysis commentary final Reasoning: low medium high # Instructions"
_VOCABULARY = 320
_ENDS = [SPECIAL.index(name) for name in ("<|return|>", "<|call|>", "<|endoftext|>")]
_SURE = 64  # times: then sampling takes the best token at any usual temperature


def write_harmony_checkpoint(folder: Path, layers: int = 2) -> Path:
    """A gpt-oss checkpoint with random weights, a harmony tokenizer and a chat template."""
    model = TinyModel(seed=11, vocabulary=_VOCABULARY, positions=CONTEXT, layers=layers)
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
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([_WORDS] * 8, trainer)
    return tokenizer


def write_harmony_model(folder: Path, layers: int = 2) -> Path:
    """The same as an ONNX model folder."""
    return _build(write_harmony_checkpoint(folder / "checkpoint", layers), folder)


def write_endless_model(folder: Path) -> Path:
    """A model whose answers have no end: its ends always score 0, and others score very much more."""
    checkpoint = write_harmony_checkpoint(folder / "checkpoint")
    weights = load_file(checkpoint / "model.safetensors")
    weights["lm_head.weight"][_ENDS] = 0
    weights["lm_head.weight"] *= _SURE
    save_file(weights, checkpoint / "model.safetensors")
    return _build(checkpoint, folder)


def _build(checkpoint: Path, folder: Path) -> Path:
    identity = Identity(id="tiny", name="Tiny", source="random weights")
    build_model(checkpoint, folder / "tiny", Quantization.FP32, identity, silent)
    return folder / "tiny"


def endless(tokens: int) -> dict[str, Any]:
    """A request whose answer does not end before so many tokens."""
    return {
        "input": "Hello",
        "max_output_tokens": tokens,
        "indoors": {"seed": 5, "logit_bias": {str(token): -100 for token in _ENDS}},
    }


class BareWorker:
    """A worker without a client: its pipes are written and read by hand."""

    def __init__(self, home: Path) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "app", "worker", "--home", str(home)]
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        with suppress(BrokenPipeError):
            self.process.stdin.close()

    def write(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def ask(self, request_id: object, method: str, **params: Any) -> None:
        self.write(json.dumps({"id": request_id, "method": method, "params": params}).encode() + b"\n")

    def read(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def until_terminal(self, request_id: object) -> list[dict[str, Any]]:
        """Every event up to the terminal one of a request."""
        events = [self.read()]
        while events[-1]["id"] != request_id or events[-1]["event"] not in {"done", "error"}:
            events.append(self.read())
        return events


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Wait until something is true; says whether it became so."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


async def events_of(client: WorkerClient, method: str, params: Mapping[str, Any]) -> list[Event]:
    """Every event of a request, `done` included."""
    async with client.request(method, params) as stream:
        return [event async for event in stream]


async def collect(
    stream: EventStream, events: list[Event], react: Callable[[Event], object] = lambda _: None
) -> None:
    """Take events into a list, and react to each, until the last or until one is an error."""
    async for event in stream:
        events.append(event)
        react(event)


async def until(client: WorkerClient, condition: Callable[[Mapping[str, Any]], bool]) -> None:
    """Wait until the worker's status is as it should be."""
    while not condition(await client.call("status")):  # noqa: ASYNC110 - the worker tells only when asked
        await asyncio.sleep(0.005)
