"""Renders a conversation with the model's own chat template."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from app.engine.chat_template_environment import LONGEST_TEXT, Runaway, TemplateEnvironment
from app.engine.chat_template_placeholders import Placeholders, Veil
from app.engine.tokenizer import Tokenizer
from app.errors import TemplateFailed
from app.graph.layout import ModelFolder

_NAMED_TOKENS = ("bos", "eos", "unk", "sep", "pad", "cls", "mask")
_REASONING = ("thinking", "reasoning_content")  # what templates call a message's reasoning


@dataclass(frozen=True)
class RenderedPrompt:
    """A conversation as the model reads it.

    Attributes:
        text: for people; a control token and text that spells it look the same here.
        token_ids: what the model is given; no user's text has become a control token.
    """

    text: str
    token_ids: list[int]


class ChatTemplate:
    """A compiled chat template; not for use by two threads at once.

    Args:
        source: the jinja2 template.
        tokenizer: the model's.
        tokenizer_config: `tokenizer_config.json`, which names the tokens a template may ask for.
        name: whose template it is, for messages.

    Raises:
        TemplateFailed: the source is not a template.
    """

    def __init__(
        self, source: str, tokenizer: Tokenizer, tokenizer_config: Mapping[str, Any], name: str = "the model"
    ) -> None:
        self._name = name
        self._tokenizer = tokenizer
        self._environment = TemplateEnvironment()
        self._placeholders = Placeholders(tokenizer, source)
        try:
            self._template = self._compile(source)
        except (TemplateError, RecursionError) as error:
            raise self._failure(error) from error
        self._tokens = {
            token: self._placeholders.hide(content)
            for token, content in _named_tokens(tokenizer_config).items()
        }

    @classmethod
    def from_folder(cls, folder: ModelFolder, tokenizer: Tokenizer) -> ChatTemplate | None:
        """A model folder's template; None when it has none.

        Raises:
            TemplateFailed: it is not a template.
        """
        if folder.chat_template is None:
            return None
        return cls(folder.chat_template, tokenizer, folder.tokenizer_config, str(folder.root))

    def render(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        tools: Sequence[Mapping[str, Any]] | None = None,
        effort: str | None = None,
        add_generation_prompt: bool = True,
        date: datetime.date,
        **extra: Any,
    ) -> RenderedPrompt:
        """Render a conversation.

        Args:
            messages: role, content and what else the template reads; `thinking` holds reasoning.
            tools: function tools as the Chat Completions API describes them.
            effort: the reasoning effort, for templates that know `reasoning_effort`.
            add_generation_prompt: whether the text ends where the assistant's next message begins.
            date: today, for templates that ask.
            **extra: more variables for the template, such as `enable_thinking` or `builtin_tools`.

        Raises:
            TemplateFailed: the template raised, or ran too long.
        """
        written = {
            "messages": list(map(_with_reasoning, messages)),
            "tools": list(tools or ()) or None,
            **extra,
        }
        if effort is not None:
            written["reasoning_effort"] = effort
        fixed = {**self._tokens, "add_generation_prompt": add_generation_prompt}
        veil, text = self._run(written, fixed, date)
        spelled = self._spelled(text)
        if spelled:
            veil, text = self._run(written, fixed, date, spelled)
        shown = veil.take_off(self._placeholders.show(text))
        return RenderedPrompt(shown, self._tokenizer.encode_pieces(self._pieces(text, veil, spelled)))

    def _compile(self, source: str) -> Template:
        tree = self._environment.parse_bounded(source)
        for data in tree.find_all(nodes.TemplateData):
            data.data = self._placeholders.hide(data.data)
        for constant in tree.find_all(nodes.Const):
            if isinstance(constant.value, str) and not constant.value.isalnum():
                constant.value = self._placeholders.hide(constant.value)
        code = self._environment.compile(tree)
        return Template.from_code(self._environment, code, self._environment.make_globals(None))

    def _run(
        self, written: dict[str, Any], fixed: dict[str, Any], date: datetime.date, spelled: Sequence[str] = ()
    ) -> tuple[Veil, str]:
        veil = Veil(written, self._placeholders.characters, spelled)
        self._environment.start(date)
        try:
            return veil, self._join(self._template.generate(**{**veil.put_on(written), **fixed}))
        except Exception as error:  # a template can raise whatever Python can
            raise self._failure(error, veil) from error

    def _join(self, chunks: Iterable[str]) -> str:
        found, length = list[str](), 0
        for chunk in chunks:
            length += len(chunk)
            if length > LONGEST_TEXT:
                raise Runaway("it makes a huge text")
            found.append(chunk)
        return "".join(found)

    def _spelled(self, text: str) -> list[str]:
        """Control tokens that a rendered text spells out, written by a user or built by the template."""
        plain = (piece for piece in self._placeholders.pieces(text) if isinstance(piece, str))
        found = {part for piece in plain for part in self._tokenizer.split_control(piece)}
        return [self._tokenizer.token_text(part) for part in found if isinstance(part, int)]

    def _pieces(self, text: str, veil: Veil, spelled: Collection[str]) -> Iterator[str | int]:
        """Split a rendered text; what it spells comes from the template once the veil covers those tokens."""
        for piece in self._placeholders.pieces(text):
            parts = self._tokenizer.split_control(piece) if isinstance(piece, str) else [piece]
            for part in parts:
                if isinstance(piece, str) and isinstance(part, int):
                    content = self._tokenizer.token_text(part)
                    yield part if content in spelled else content
                else:
                    yield veil.take_off(part) if isinstance(part, str) else part

    def _failure(self, error: Exception, veil: Veil | None = None) -> TemplateFailed:
        cause = self._placeholders.show(str(error) or type(error).__name__)
        if veil is not None:
            cause = veil.take_off(cause)
        if isinstance(error, TemplateSyntaxError):
            cause = f"line {error.lineno}: {cause}"
        return TemplateFailed(
            "The chat template of {name} failed: {cause}.",
            "Change the conversation if that names it, otherwise import the model again.",
            name=self._name,
            cause=cause.rstrip("."),
        )


def _with_reasoning(message: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a message with its reasoning under every name that templates use."""
    reasoning = next((message[name] for name in _REASONING if message.get(name)), None)
    return {**dict.fromkeys(_REASONING, reasoning), **message} if reasoning else dict(message)


def _named_tokens(tokenizer_config: Mapping[str, Any]) -> dict[str, str]:
    """`bos_token` and its like; each is a text or an object that holds it."""
    found = {"bos_token": "", "eos_token": ""}
    for name in _NAMED_TOKENS:
        value = tokenizer_config.get(f"{name}_token")
        content = value.get("content") if isinstance(value, Mapping) else value
        if isinstance(content, str):
            found[f"{name}_token"] = content
    return found
