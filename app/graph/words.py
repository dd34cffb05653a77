"""What a model needs to read and write text, before its folder is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged, from_os_error
from app.graph import sidecars
from app.graph.layout import ModelFolder
from app.graph.model_parts import ModelParts

_TOKENIZER, _CONFIG = "tokenizer.json", "tokenizer_config.json"


@dataclass(frozen=True)
class Words:
    """The texts that decide it.

    Attributes:
        origin: where they come from, for errors.
        tokenizer: content of tokenizer.json; None when there is none.
        tokenizer_config: content of tokenizer_config.json; {} when there is none.
        template: the chat template's source; None when there is none.
        eos_ids: tokens that end an answer.
        vocabulary: number of logits.
    """

    origin: Path
    tokenizer: str | None
    tokenizer_config: Mapping[str, Any]
    template: str | None
    eos_ids: tuple[int, ...]
    vocabulary: int


def words_of_folder(folder: ModelFolder, vocabulary: int) -> Words:
    """Those of a model folder.

    Args:
        folder: of any layout.
        vocabulary: number of logits.

    Raises:
        ModelDamaged: a file is no text.
        StorageError: the file system refused.
    """
    return Words(
        origin=folder.root,
        tokenizer=_read(folder.tokenizer) if folder.tokenizer else None,
        tokenizer_config=folder.tokenizer_config,
        template=folder.chat_template,
        eos_ids=folder.eos_ids,
        vocabulary=vocabulary,
    )


def words_of_parts(parts: ModelParts, origin: Path) -> Words:
    """Those of a model that is to be converted.

    Args:
        parts: what its folder will be made of.
        origin: where they come from.

    Raises:
        ModelDamaged: a file is no text, or no JSON.
        StorageError: the file system refused.
    """
    paths = {path.name: path for path in parts.extras}

    def text(name: str) -> str | None:
        return parts.texts.get(name) or (_read(paths[name]) if name in paths else None)

    settings = _object(text(_CONFIG), origin)
    generation = _object(text("generation_config.json"), origin)
    architecture = str(parts.content["model_type"])
    found = sidecars.eos_ids([generation, parts.content], architecture, settings, paths.get(_TOKENIZER))
    return Words(
        origin=origin,
        tokenizer=text(_TOKENIZER),
        tokenizer_config=settings,
        template=text("chat_template.jinja") or sidecars.pick_template(settings.get("chat_template")),
        eos_ids=found,
        vocabulary=parts.config.vocabulary,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ModelDamaged("{path} is not UTF-8 text.", "Fetch the model again.", path=path) from error
    except OSError as error:
        raise from_os_error(error, "reading the model's settings") from error


def _object(text: str | None, origin: Path) -> Mapping[str, Any]:
    if text is None:
        return {}
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ModelDamaged(
            "A settings file in {path} is not readable JSON: {error}.",
            "Fetch the model again.",
            path=origin,
            error=error,
        ) from error
    return content if isinstance(content, dict) else {}
