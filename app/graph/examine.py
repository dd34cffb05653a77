"""The checks before an import that need no engine."""

from __future__ import annotations

from pathlib import Path

from app.graph.examination import Examination
from app.graph.examine_conversion import look_at_checkpoint, look_at_gguf
from app.graph.examine_onnx import look_at_onnx
from app.graph.quantize import Quantization
from app.graph.source import Kind, Source, find_source
from app.phrases import Phrase

_SEEN = {
    Kind.ONNX: Phrase("an ONNX model"),
    Kind.CHECKPOINT: Phrase("a checkpoint, to be converted"),
    Kind.GGUF: Phrase("a GGUF file, to be converted"),
}


def examine(path: Path, quantization: Quantization | None, version: str) -> Examination:
    """Look at a model that somebody wants to import; nothing is written.

    Args:
        path: a folder with an ONNX model of any layout or a gpt-oss checkpoint, or a GGUF file.
        quantization: how weights are to be stored; None: a checkpoint's in int4, a GGUF file's as they are.
        version: of onnxruntime.

    Returns:
        What was found; whatever is wrong with the model is in its checks.
    """
    found = Examination()
    source = found.checks.run(
        "source",
        lambda: find_source(path, quantizes=quantization is not None),
        lambda source: _SEEN[source.kind],
    )
    if source is not None:
        _look(found, source, quantization, version)
    return found


def _look(found: Examination, source: Source, quantization: Quantization | None, version: str) -> None:
    found.kind = source.kind
    match source.kind:
        case Kind.ONNX:
            look_at_onnx(found, source.path, quantization, version)
        case Kind.CHECKPOINT:
            look_at_checkpoint(found, source.path, quantization)
        case Kind.GGUF:
            look_at_gguf(found, source, quantization)
