"""A conversation as Markdown: the branch that is shown, with the thinking as a quote above each answer."""

from __future__ import annotations

from app.history.items import Item, reasoning_text, visible_text
from app.history.records import Role, Status
from app.history.transfer.document import Document, Node
from app.history.transfer.words import Words

_UNFINISHED = frozenset({Status.INCOMPLETE, Status.CANCELLED, Status.FAILED, Status.STREAMING})


def write(document: Document, words: Words | None = None) -> str:
    """The document as Markdown text. A message's own Markdown is left as it is."""
    words = words or Words()
    blocks = [f"# {document.title or words.untitled}"]
    if document.options.instructions:
        blocks.append(f"{_quote(words.instructions, document.options.instructions)}")
    for node in document.branch():
        blocks += _turn(node, words)
    return "\n\n".join(blocks) + "\n"


def speaker(node: Node, words: Words) -> str:
    """Who speaks: a role, with the model's id for an answer."""
    names = {Role.USER: words.user, Role.ASSISTANT: words.assistant, Role.SYSTEM: words.system}
    return f"{names[node.role]} · {node.answer.model}" if node.answer.model else names[node.role]


def is_cut(node: Node) -> bool:
    """Whether the answer did not reach its end."""
    return node.status in _UNFINISHED


def _turn(node: Node, words: Words) -> list[str]:
    blocks = [f"## {speaker(node, words)}"]
    if thinking := reasoning_text(node.items):
        blocks.append(_quote(words.thinking(node.answer.thinking_s), thinking))
    blocks += [_fenced(heading, text) for heading, text in calls(node.items, words)]
    if text := visible_text(node.items):
        blocks.append(text)
    if is_cut(node):
        blocks.append(f"*{words.cut}*")
    return blocks


def calls(items: list[Item], words: Words) -> list[tuple[str, str]]:
    """Headings and texts of the calls to tools and their results."""
    found = []
    for item in items:
        if item.get("type") == "function_call":
            found.append((words.call.format(name=item.get("name", "")), str(item.get("arguments", ""))))
        elif item.get("type") == "function_call_output":
            found.append((words.result, str(item.get("output", ""))))
    return found


def _quote(heading: str, text: str) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"> **{heading}**\n>\n{lines}"


def _fenced(heading: str, text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"**{heading}**\n\n{fence}\n{text}\n{fence}"
