"""From a GGUF file to the parts of a model folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from app.graph.decoder_config import DecoderConfig
from app.graph.gguf.architecture import config_json, read_architecture
from app.graph.gguf.as_stored import AsStored
from app.graph.gguf.file import GgufFile, read_gguf
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.names import refuse_strangers
from app.graph.gguf.sidecar_texts import sidecar_texts
from app.graph.gguf.weights import GgufWeights
from app.graph.model_parts import Identity, ModelParts
from app.graph.quantize import Quantization
from app.graph.storage import Levels
from app.phrases import Phrase

_BESIDE = ("LICENSE", "NOTICE")
_SPLIT = re.compile(r"-\d{5}-of-\d{5}$")


@dataclass(frozen=True)
class GgufModel:
    """A file whose head has been understood.

    Attributes:
        file: the head.
        config: sizes.
        weights: values.
    """

    file: GgufFile
    config: DecoderConfig
    weights: GgufWeights

    @classmethod
    def of(cls, file: GgufFile) -> GgufModel:
        """Understand a head.

        Raises:
            UnsupportedModel: the architecture is not known here, or has more than its graph computes.
            ModelDamaged: a tensor is missing, or the metadata cannot be right.
        """
        config = read_architecture(file)
        refuse_strangers(file, config)
        return cls(file, config, GgufWeights(file, config))

    def parts(self, quantization: Quantization | None, identity: Identity) -> ModelParts:
        """Everything the folder is made of.

        Args:
            quantization: how weights are stored; None keeps the file's own form.
            identity: what it leaves empty is taken from the file.

        Raises:
            ModelDamaged: the tokenizer is missing, or its parts do not fit together.
            UnsupportedModel: it is of a kind that is not known.
        """
        data = Metadata(self.file)
        beside = (self.file.path.with_name(name) for name in _BESIDE)
        return ModelParts(
            content=config_json(self.file, self.config),
            config=self.config,
            weights=self.weights,
            storage=quantization or AsStored(self.weights),
            identity=identity.filled(**origin(data)),
            extras=tuple(path for path in beside if path.is_file()),
            texts=sidecar_texts(data),
        )

    def fidelity(self) -> Phrase:
        """What becomes of the weights as they are stored, in words: exact, or how far off and where."""
        storage = AsStored(self.weights)
        rounded: dict[str, list[float]] = {}
        for name, tensor, form in storage.rounded():
            if isinstance(form, Levels):
                way = f"{tensor.format.name} to int{form.bits}"
                errors = rounded.setdefault(way, [])
                errors += [storage.error(name, form)] if not errors else []
        if not rounded:
            return Phrase.of(
                "{count} tensors, mostly {kind}, all kept exactly",
                count=len(self.file.tensors),
                kind=storage.label,
            )
        told = (f"{way} (relative error {errors[0]:.1%})" for way, errors in rounded.items())
        return Phrase.of(
            "{count} tensors, exact but for {rounded}",
            count=len(self.file.tensors),
            rounded=", ".join(told),
        )


def open_gguf(path: Path) -> GgufModel:
    """Open a GGUF file; errors as in `read_gguf` and `GgufModel.of`."""
    return GgufModel.of(read_gguf(path))


def origin(data: Metadata) -> dict[str, str]:
    """What a file says about where it came from, under the names of `Identity`."""
    base = data.text("general.base_model.0.repo_url") or data.text("general.base_model.0.name")
    return {
        "name": _SPLIT.sub("", data.file.path.stem),
        "licence": data.text("general.license"),
        "base_model": base,
        "publisher": data.text("general.organization") or data.text("general.author"),
        "converted_by": data.text("general.quantized_by"),
    }
