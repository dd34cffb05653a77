"""A request becomes the prompt the model reads."""

from __future__ import annotations

from datetime import date

from app.engine.chat_template import ChatTemplate, RenderedPrompt
from app.engine.generate import check_length
from app.engine.tokenizer import Tokenizer
from app.errors import UnsupportedModel
from app.respond.conversation import Message, messages_of, without_oldest_turn
from app.respond.request import ResponseRequest


def render_prompt(
    request: ResponseRequest, tokenizer: Tokenizer, template: ChatTemplate | None, today: date
) -> RenderedPrompt:
    """Render a request as it is, however long it gets.

    A raw prompt may spell control tokens: whoever writes one wants to write all of it.

    Raises:
        RequestError: an item cannot be understood.
        UnsupportedModel: there is a conversation, but no template.
        TemplateFailed: the template raised.
    """
    if request.prompt is not None:
        return RenderedPrompt(request.prompt, tokenizer.encode_rendered(request.prompt))
    return _render(messages_of(request), request, template, today)


def fit_prompt(
    request: ResponseRequest,
    tokenizer: Tokenizer,
    template: ChatTemplate | None,
    today: date,
    context: int,
) -> RenderedPrompt:
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
    shorter = messages_of(request) if request.keep_newest and request.prompt is None else None
    while len(prompt.token_ids) >= context and shorter and (shorter := without_oldest_turn(shorter)):
        prompt = _render(shorter, request, template, today)
    check_length(prompt.token_ids, context)
    return prompt


def _render(
    messages: list[Message], request: ResponseRequest, template: ChatTemplate | None, today: date
) -> RenderedPrompt:
    if template is None:
        raise UnsupportedModel(
            "The model has no chat template, so it cannot hold a conversation.",
            "Give it a prompt as it is (--raw), or choose a model made for chat.",
        )
    return template.render(messages, tools=request.functions, effort=request.effort, date=today)
