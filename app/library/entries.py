"""What the catalogue knows of a model, of its forms, and of who made it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.download.protocol import Order, Reference, RemoteFile
from app.errors import UsageError


@dataclass(frozen=True)
class Provider:
    """Whether an execution provider runs a variant right, and why.

    Attributes:
        name: "cpu", "webgpu", "directml", "coreml" or "cuda".
        runs: "measured", "expected", "no" or "unknown".
        why: one clause.
    """

    name: str
    runs: str
    why: str


@dataclass(frozen=True)
class Ancestor:
    """A model that another was made from, and what it is to it."""

    model: str
    relation: str


@dataclass(frozen=True)
class Variant:
    """One form of a model that can be got.

    Attributes:
        id: unique in its entry.
        name: what people read.
        layout: "onnxruntime-genai", "transformers.js", "optimum", "checkpoint" or "gguf".
        quantization: "int4", "int8", … or a GGUF type.
        reference: where it is fetched from; None when it is built in.
        files: known sizes and checksums of its files; more may be fetched.
        download_bytes: size of all files; None when unknown.
        memory_bytes: what it takes when it runs, measured; None when it was not measured.
        vram_class_gb: class of graphics card it needs, in GB; None when unknown.
        providers: which execution providers run it right.
        converted_by: who brought it into this format.
        prepacked: its weights are laid out for one provider and useless to the others.
        gated: the publisher wants a sign-in and an agreement first.
        built_in: it comes with the app.
        source: where these facts come from.
    """

    id: str
    name: str
    layout: str
    quantization: str
    reference: Reference | None
    files: tuple[RemoteFile, ...]
    download_bytes: int | None
    memory_bytes: int | None
    vram_class_gb: int | None
    providers: tuple[Provider, ...]
    converted_by: str | None
    prepacked: bool
    gated: bool
    built_in: bool
    source: tuple[str, ...]

    @property
    def known_bytes(self) -> int | None:
        """Size of what is fetched, but for a few small files; None when a weight file's size is unknown."""
        sizes = [file.bytes for file in self.files if file.bytes]
        complete = len(sizes) == len(self.files)
        return self.download_bytes or (sum(sizes) or None if complete else None)

    def obstacle(self, providers: Collection[str]) -> str:
        """Why none of a computer's execution providers runs it right; empty when one does, or might."""
        asked = [one for one in self.providers if one.name in providers]
        refused = [one.why for one in asked if one.runs == "no"]
        return refused[0] if asked and len(refused) == len(asked) else ""

    @property
    def needs_import(self) -> bool:
        """What is fetched is converted afterwards."""
        return self.layout in {"checkpoint", "gguf"}


@dataclass(frozen=True)
class Entry:
    """A model of the catalogue.

    Attributes:
        id: unique; what `models get` takes.
        name: what people read.
        publisher: who made the weights.
        summary: one sentence.
        architecture: config.json's model_type.
        parameters: number of them; None when unknown.
        active_parameters: used for each token; None when unknown.
        context_length: in tokens; None when unknown.
        licence: SPDX identifier.
        usage_terms: what the licence and the publisher ask, in a sentence.
        base_model: repository id of the original weights; None when it is original itself.
        lineage: from the first ancestor to the model itself.
        config: sizes of its layers, by the names of its `config.json`; None when unknown.
        source: where these facts come from.
        variants: the best for most computers first.
    """

    id: str
    name: str
    publisher: str
    summary: str
    architecture: str
    parameters: int | None
    active_parameters: int | None
    context_length: int | None
    licence: str
    usage_terms: str
    base_model: str | None
    lineage: tuple[Ancestor, ...]
    config: Mapping[str, Any] | None
    source: tuple[str, ...]
    variants: tuple[Variant, ...] = field(default_factory=tuple)

    def variant(self, variant_id: str = "") -> Variant:
        """The variant of that id, the first when none is named.

        Raises:
            UsageError: it has none of that id.
        """
        for variant in self.variants:
            if variant_id in {"", variant.id}:
                return variant
        raise UsageError(
            "{model} has no variant {variant}.",
            "There are: {known}.",
            model=self.id,
            variant=repr(variant_id),
            known=", ".join(variant.id for variant in self.variants),
        )

    def order(self, variant: Variant, model_id: str) -> Order:
        """What to ask the downloader for.

        Args:
            variant: one of this entry's that is not built in.
            model_id: the id the model is installed by.

        Raises:
            UsageError: the variant comes with the app.
        """
        if variant.reference is None:
            raise UsageError("{model} comes with the app.", "It is installed already.", model=self.name)
        return Order(
            variant.reference,
            model_id,
            name=self.name,
            licence=self.licence,
            base_model=self.base_model or "",
            parameters=self.parameters or 0,
            context_length=self.context_length or 0,
            quantization=variant.quantization,
            publisher=self.publisher,
            converted_by=variant.converted_by or "",
            variant=f"{self.id}/{variant.id}",
            expected=variant.files,
        )
