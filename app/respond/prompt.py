"""A request becomes the prompt the model reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from app.engine.chat_template import ChatTemplate, RenderedPrompt
from app.engine.continuation import begun_answer
from app.engine.generate import check_length
from app.engine.tokenizer import Tokenizer
from app.errors import UnsupportedModel
from app.respond.continuing import begun, spoken
from app.respond.conversation import Message, messages_of, without_oldest_turn
from app.respond.fields import invalid
from app.respond.request import ResponseRequest


@dataclass(frozen=True)
class Prompt:
    """What the model reads.

    Attributes:
        rendered: the conversation.
        begun: tokens of the answer that it goes on with.
        left_out: turns that were left out, the oldest first, to make the rest fit.
    """

    rendered: RenderedPrompt
    begun: list[int] = field(default_factory=list)
    left_out: int = 0

    @property
    def text(self) -> str:
        """The conversation, for people."""
        return self.rendered.text

    @property
    def token_ids(self) -> list[int]:
        """All of it."""
        return [*self.rendered.token_ids, *self.begun]


def render_prompt(
    request: ResponseRequest, tokenizer: Tokenizer, template: ChatTemplate | None, today: date
) -> Prompt:
    """Render a request as it is, however long it gets.

    A raw prompt may spell control tokens: whoever writes one wants to write all of it.

    Raises:
        RequestError: an item cannot be understood.
        UnsupportedModel: there is a conversation, but no template.
        TemplateFailed: the template raised.
    """
    if request.prompt is not None:
        return Prompt(RenderedPrompt(request.prompt, tokenizer.encode_rendered(request.prompt)))
    return _Renderer(request, tokenizer, template, today).render(messages_of(_before(request)))


def fit_prompt(
    request: ResponseRequest,
    tokenizer: Tokenizer,
    template: ChatTemplate | None,
    today: date,
    context: int,
) -> Prompt:
    """Render a request so that at least one token of answer fits into the context.

    Args:
        request: with `keep_newest`, its oldest turns are left out until the rest fits.
        tokenizer: the model's.
        template: the model's; None when it has none.
        today: for templates that ask.
        context: tokens that prompt and answer may have together.

    Raises:
        ContextExceeded: it does not fit.
        RequestError, UnsupportedModel, TemplateFailed: as `render_prompt`.
    """
    prompt = render_prompt(request, tokenizer, template, today)
    if request.keep_newest and request.prompt is None:
        renderer = _Renderer(request, tokenizer, template, today)
        shorter: list[Message] | None = messages_of(_before(request))
        while len(prompt.token_ids) >= context and shorter and (shorter := without_oldest_turn(shorter)):
            prompt = renderer.render(shorter, left_out=prompt.left_out + 1)
    check_length(prompt.token_ids, context)
    return prompt


def _before(request: ResponseRequest) -> ResponseRequest:
    """The request without the answer that it continues."""
    if not request.continues:
        return request
    known = request.begun_ids is not None
    return replace(request, items=request.items[: begun(request.items, known=known)])


class _Renderer:
    """Renders the messages of one request."""

    def __init__(
        self, request: ResponseRequest, tokenizer: Tokenizer, template: ChatTemplate | None, today: date
    ) -> None:
        if template is None:
            raise UnsupportedModel(
                "The model has no chat template, so it cannot hold a conversation.",
                "Give it a prompt as it is (--raw), or choose a model made for chat.",
            )
        self._request = request
        self._tokenizer = tokenizer
        self._template = template
        self._today = today

    def render(self, messages: list[Message], left_out: int = 0) -> Prompt:
        request = self._request
        tools = [function.for_template() for function in request.toolbox.functions]
        rendered = self._template.render(messages, tools=tools, effort=request.effort, date=self._today)
        if not request.continues:
            return Prompt(rendered, left_out=left_out)
        return Prompt(rendered, self._begun(rendered), left_out)

    def _begun(self, rendered: RenderedPrompt) -> list[int]:
        """The tokens of the answer so far: as they were written, else written anew from its items."""
        ids = self._request.begun_ids
        if ids is not None:
            if ids and max(ids) >= self._tokenizer.size:
                raise invalid("indoors.continue", f"has the id {max(ids)}, which is no token of the model")
            return list(ids)
        items = self._request.items
        return begun_answer(self._tokenizer, rendered.text, spoken(items[begun(items) :]))
