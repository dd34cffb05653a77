"""How other programs connect to the server: texts to copy."""

from __future__ import annotations

import json
from dataclasses import dataclass

KEY_VARIABLE = "INDOORS_API_KEY"
_QUESTION = "What is a token?"


@dataclass(frozen=True)
class Snippet:
    """One way to connect.

    Attributes:
        title: of the program.
        place: the file it goes into; empty for a terminal or a program of one's own.
        text: what is copied.
    """

    title: str
    place: str
    text: str


def snippets(url: str, model: str, context: int, *, keyed: bool) -> tuple[Snippet, ...]:
    """What to copy for each program.

    Args:
        url: where the server listens.
        model: the id of the model to ask.
        context: tokens that the model can read.
        keyed: a key is needed; the texts then take it from the environment.
    """
    base = f"{url}/v1"
    return (
        Snippet("Python (openai)", "", _python(base, model, keyed=keyed)),
        Snippet("curl", "", _curl(base, model, keyed=keyed)),
        Snippet("Codex CLI", "~/.codex/config.toml", _codex(base, model, keyed=keyed)),
        Snippet("VS Code", "chatLanguageModels.json", _vs_code(base, model, context, keyed=keyed)),
    )


def _python(base: str, model: str, *, keyed: bool) -> str:
    key = f'os.environ["{KEY_VARIABLE}"]' if keyed else '"none"'
    lines = ["import os", ""] if keyed else []
    lines += [
        "from openai import OpenAI",
        "",
        f'client = OpenAI(base_url="{base}", api_key={key})',
        f'response = client.responses.create(model="{model}", input="{_QUESTION}")',
        "print(response.output_text)",
    ]
    return "\n".join(lines)


def _curl(base: str, model: str, *, keyed: bool) -> str:
    body = json.dumps({"model": model, "input": _QUESTION})
    lines = [f"curl {base}/responses", '  -H "Content-Type: application/json"']
    lines += [f'  -H "Authorization: Bearer ${KEY_VARIABLE}"'] if keyed else []
    return " \\\n".join([*lines, f"  -d '{body}'"])


def _codex(base: str, model: str, *, keyed: bool) -> str:
    lines = [
        f'model = "{model}"',
        'model_provider = "indoors"',
        "",
        "[model_providers.indoors]",
        'name = "Indoors"',
        f'base_url = "{base}"',
        'wire_api = "responses"',
    ]
    return "\n".join([*lines, *([f'env_key = "{KEY_VARIABLE}"'] if keyed else [])])


def _vs_code(base: str, model: str, context: int, *, keyed: bool) -> str:
    """Of VS Code's provider "Custom Endpoint": code.visualstudio.com, "Language models"."""
    answer = context // 4
    offered = {
        "id": model,
        "name": f"{model} (Indoors)",
        "url": f"{base}/responses",
        "toolCalling": True,
        "vision": False,
        "maxInputTokens": context - answer,
        "maxOutputTokens": answer,
    }
    key = "${input:indoorsKey}" if keyed else "none"
    group = {"name": "Indoors", "vendor": "customendpoint", "apiKey": key, "apiType": "responses"}
    return json.dumps([{**group, "models": [offered]}], indent=2, ensure_ascii=False)
