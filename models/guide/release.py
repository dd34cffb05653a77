"""Save the trained guide as a Hugging Face checkpoint, and export it with the app's own exporter.

`uv run --extra train python -m models.guide.release` exports work/checkpoint/ to onnx/.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import GptOssForCausalLM

from app.graph.build import Identity, build_model
from app.graph.quantize import Quantization
from app.manifest import Manifest
from app.progress import silent
from models.guide.network import CONTEXT, use_reference_kernels
from models.guide.tokenizer import save_tokenizer

_FOLDER = Path(__file__).parent
_LARGEST_DIFFERENCE = 1e-3
_IDENTITY = Identity(
    id="guide",
    name="The guide",
    source="made by models/guide",
    licence="Apache-2.0",
)


def save_checkpoint(model: GptOssForCausalLM, tokenizer: Tokenizer, folder: Path) -> None:
    """Write safetensors, configuration, generation settings, tokenizer and template.

    Raises:
        ValueError: the kernels it was trained with disagree with transformers' own.
    """
    _check_kernels(model.train(False))
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    _make_greedy(folder / "generation_config.json")
    save_tokenizer(tokenizer, folder, CONTEXT)


@torch.no_grad()
def _check_kernels(model: GptOssForCausalLM) -> None:
    """Compare logits over more tokens than the window holds, then leave transformers' kernels on."""
    ids = torch.randint(model.config.vocab_size, (2, 100), generator=torch.Generator().manual_seed(0))
    fast = model(input_ids=ids).logits
    use_reference_kernels(model)
    difference = (fast - model(input_ids=ids).logits).abs().max().item()
    if difference > _LARGEST_DIFFERENCE:
        raise ValueError(f"The kernels differ by {difference:.2g} in their logits.")


def _make_greedy(path: Path) -> None:
    """The guide recites; sampling would only mix its answers up."""
    content = json.loads(path.read_text(encoding="utf-8")) | {"do_sample": False}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def export(checkpoint: Path, destination: Path, quantization: Quantization) -> Manifest:
    """Replace the exported model by a new one."""
    new = destination.with_name(destination.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    manifest = build_model(checkpoint, new, quantization, _IDENTITY, silent)
    shutil.rmtree(destination, ignore_errors=True)
    new.replace(destination)
    return manifest


def main() -> None:
    """Export what training left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=_FOLDER / "work" / "checkpoint")
    parser.add_argument("--destination", type=Path, default=_FOLDER / "onnx")
    parser.add_argument("--quant", type=Quantization, default=Quantization.INT8)
    options = parser.parse_args()
    manifest = export(options.checkpoint, options.destination, options.quant)
    print(f"{options.destination}: {manifest.bytes:,} bytes, {manifest.quantization}")


if __name__ == "__main__":
    main()
