"""All that a converted model's folder is made of, before any of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.graph.decoder_config import DecoderConfig
from app.graph.storage import Storage
from app.graph.weights import Weights


@dataclass(frozen=True)
class Identity:
    """What no file of weights says for sure; fields as in the manifest."""

    id: str
    name: str
    source: str
    revision: str = ""
    base_model: str = ""
    licence: str = ""
    publisher: str = ""
    converted_by: str = ""
    source_kind: str = ""
    fetched: str = ""

    def filled(self, **found: str) -> Identity:
        """The same with what was found in the model wherever nothing is known."""
        known = {name: value for name, value in vars(self).items() if value}
        return Identity(**{**vars(self), **found, **known})


@dataclass(frozen=True)
class ModelParts:
    """The parts.

    Attributes:
        content: of config.json.
        config: the same, understood.
        weights: values of its tensors.
        storage: the form of each.
        identity: for the manifest.
        extras: files copied as they are.
        texts: files that are made: name → content.
    """

    content: Mapping[str, Any]
    config: DecoderConfig
    weights: Weights
    storage: Storage
    identity: Identity
    extras: tuple[Path, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
