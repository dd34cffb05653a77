"""The files beside the graph, from what a GGUF file says of its tokens, its template and its sampling."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.graph.gguf.metadata import Metadata
from app.graph.gguf.tokenizer import read_tokenizer
from app.graph.gguf.vocabulary import Vocabulary

_NAMED = {"bos": "bos", "eos": "eos", "unknown": "unk", "padding": "pad", "seperator": "sep", "mask": "mask"}
_ENDING = ("eos", "eot", "eom")
# Control tokens that end a turn whether or not the file says so; converters often name one of several.
_ENDING_TEXTS = ("<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>")
# How the program these files are made for samples where they do not say (llama.cpp, common.h); gpt-oss
# recommends unchanged probabilities.
_USUAL: Mapping[str, float] = {"temperature": 0.8, "top_k": 40, "top_p": 0.95, "min_p": 0.05}
_UNCHANGED = {"gpt-oss"}
_SAMPLING = {"temp": "temperature", "top_k": "top_k", "top_p": "top_p", "min_p": "min_p"}


def sidecar_texts(data: Metadata) -> dict[str, str]:
    """Name → content of every file beside the graph but `config.json`.

    Raises:
        ModelDamaged: the tokenizer is missing, or its parts do not fit together.
        UnsupportedModel: it is of a kind that is not known.
    """
    made = {
        "tokenizer.json": read_tokenizer(data).to_str(),
        "tokenizer_config.json": _json(_tokenizer_config(data)),
        "generation_config.json": _json(_generation(data)),
    }
    if template := data.text("tokenizer.chat_template"):
        made["chat_template.jinja"] = template
    return made


def _tokenizer_config(data: Metadata) -> dict[str, Any]:
    vocabulary = Vocabulary.read(data)
    texts = vocabulary.texts
    named = {f"{name}_token": data.token(key) for key, name in _NAMED.items()}
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        "model_max_length": data.count(".context_length"),
        "added_tokens_decoder": {
            str(number): {"content": text, "special": True} for text, number in vocabulary.control().items()
        },
        **{name: texts[number] for name, number in named.items() if number is not None},
    }


def _generation(data: Metadata) -> dict[str, Any]:
    control = Vocabulary.read(data).control()
    ids = [data.token(name) for name in _ENDING] + [control.get(text) for text in _ENDING_TEXTS]
    ending = list(dict.fromkeys(number for number in ids if number is not None))
    sampling = {name: data.file.metadata.get(f"general.sampling.{key}") for key, name in _SAMPLING.items()}
    usual = {} if data.architecture in _UNCHANGED else _USUAL
    return {
        **({"bos_token_id": data.token("bos")} if data.token("bos") is not None else {}),
        "eos_token_id": ending,
        **usual,
        **{name: value for name, value in sampling.items() if isinstance(value, int | float)},
    }


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
