"""The checks of a checkpoint or a GGUF file before it is converted."""

from __future__ import annotations

from pathlib import Path

from app.checks import as_told
from app.graph.build import checkpoint_parts
from app.graph.examination import Examination, size
from app.graph.gguf.file import read_gguf
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.parts import GgufModel
from app.graph.model_parts import Identity, ModelParts
from app.graph.onnx_folder import card_licence
from app.graph.plan import Conversion
from app.graph.quantize import Quantization
from app.graph.source import Source
from app.graph.stray_files import refuse_code_beside, refuse_escapes
from app.graph.words import words_of_parts
from app.phrases import Phrase


def look_at_checkpoint(found: Examination, folder: Path, quantization: Quantization | None) -> None:
    """Examine a Hugging Face checkpoint; arguments as in `app.graph.examine.examine`."""
    kind = quantization or Quantization.INT4
    identity = Identity("", folder.name, str(folder), licence=card_licence(folder))
    parts = found.checks.run(
        "files",
        lambda: checkpoint_parts(folder, kind, identity),
        lambda parts: Phrase.of(
            "{tensors} tensors, {parameters} parameters",
            tensors=len(parts.config.tensors()),
            parameters=parts.config.parameters,
        ),
    )
    if parts is None:
        return
    needed = (*folder.glob("*.safetensors"), *parts.extras)
    found.checks.run("code", lambda: refuse_code_beside(folder, needed), as_told)
    found.checks.run("links", lambda: refuse_escapes(folder, needed), as_told)
    _convert(found, parts, folder)


def look_at_gguf(found: Examination, source: Source, quantization: Quantization | None) -> None:
    """Examine a GGUF file; arguments as in `app.graph.examine.examine`."""
    checks, path = found.checks, source.path
    file = checks.run(
        "files",
        lambda: read_gguf(path),
        lambda file: Phrase.of("{tensors} tensors, {size}", tensors=len(file.tensors), size=size(file.bytes)),
    )
    if file is None:
        return
    model = checks.run(
        "architecture",
        lambda: GgufModel.of(file),
        lambda model: Phrase.of(
            "{name}, {layers} layers", name=Metadata(file).architecture, layers=model.config.layers
        ),
    )
    if model is None:
        return
    if quantization is None:
        checks.run("weights", model.fidelity, as_told)
    parts = checks.run(
        "vocabulary",
        lambda: model.parts(quantization, Identity("", "", str(path))),
        lambda parts: Phrase.of("{count} tokens", count=parts.config.vocabulary),
    )
    if parts is not None:
        needed = parts.extras if source.named else (path, *parts.extras)
        checks.run("links", lambda: refuse_escapes(path.parent, needed), as_told)
        _convert(found, parts, path)


def _convert(found: Examination, parts: ModelParts, source: Path) -> None:
    found.note_licence(parts.identity.licence)
    found.plan = Conversion(parts, source)
    found.words = found.checks.run(
        "settings", lambda: words_of_parts(parts, source), lambda _: Phrase("readable")
    )
