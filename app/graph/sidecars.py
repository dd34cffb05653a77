"""The files beside a graph: configuration, chat template, end-of-answer tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged, from_os_error

_HARMONY_STOPS = {"<|return|>": 200002, "<|call|>": 200012, "<|endoftext|>": 199999}


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object; an absent file gives {}.

    Raises:
        ModelDamaged: the file is not a JSON object.
        StorageError: the file system refused.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise from_os_error(error, "reading the model's settings") from error
    except ValueError as error:
        raise ModelDamaged(
            "{path} is not readable JSON: {error}.", "Fetch or import it again.", path=path, error=error
        ) from error
    if not isinstance(content, dict):
        raise ModelDamaged("{path} is not a JSON object.", "Fetch or import the model again.", path=path)
    return content


def chat_template(root: Path, tokenizer_config: Mapping[str, Any]) -> str | None:
    """Find the chat template's source: its own file, else the tokenizer's configuration.

    A configuration may hold a list of named templates; "default" is taken, else the first.
    """
    try:
        return (root / "chat_template.jinja").read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError) as error:
        raise ModelDamaged(
            "{path} cannot be read: {error}.",
            "Fetch it again.",
            path=root / "chat_template.jinja",
            error=error,
        ) from error
    found = read_json(root / "chat_template.json").get("chat_template")
    return pick_template(found or tokenizer_config.get("chat_template"))


def pick_template(found: Any) -> str | None:
    """The template of a setting that holds one, or a list of named ones."""
    if isinstance(found, list):
        named = {item.get("name"): item.get("template") for item in found if isinstance(item, dict)}
        found = named.get("default", next(iter(named.values()), None))
    return found if isinstance(found, str) else None


def eos_ids(
    settings: list[Mapping[str, Any]],
    architecture: str,
    tokenizer_config: Mapping[str, Any],
    tokenizer: Path | None,
) -> tuple[int, ...]:
    """Ids that end an answer: the union of what the settings name.

    For gpt-oss also `<|return|>`, `<|call|>` and `<|endoftext|>`, by name where the tokenizer has
    them: published files list only some of them.

    Args:
        settings: generation_config.json, config.json and genai's model section.
        architecture: config.json's model_type.
        tokenizer_config: tokenizer_config.json.
        tokenizer: tokenizer.json, if there is one.
    """
    ids = [number for content in settings for number in _numbers(content.get("eos_token_id"))]
    if architecture in {"gpt_oss", "gptoss"}:
        names = added_tokens(tokenizer_config, tokenizer)
        ids += [names[name] for name in _HARMONY_STOPS if name in names] if names else _HARMONY_STOPS.values()
    return tuple(dict.fromkeys(ids))


def added_tokens(tokenizer_config: Mapping[str, Any], tokenizer: Path | None) -> dict[str, int]:
    """Text → id of the tokens added to the vocabulary (special ones among them)."""
    declared = tokenizer_config.get("added_tokens_decoder")
    if isinstance(declared, dict) and declared:
        pairs = [(item, number) for number, item in declared.items()]
    else:
        content = read_json(tokenizer) if tokenizer else {}
        pairs = [(item, item["id"]) for item in content.get("added_tokens", [])]
    return {item["content"]: int(number) for item, number in pairs}


def _numbers(value: Any) -> Iterator[int]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, int):
            yield item
