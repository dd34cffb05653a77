"""The `conversations.json` of a ChatGPT export: a mapping from node ids to messages with a parent each.

Nodes that show nothing are passed over. The steps of one answer (thinking, calls to tools, their results,
text) are nodes of their own there and items of one message here, as long as nothing branches off between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.errors import UsageError
from app.history.items import Item
from app.history.records import Answer, Role, Status
from app.history.transfer.chatgpt_content import Turn, joined_calls, turn_of
from app.history.transfer.document import Document, Node, finite, with_one_selected


def is_one(content: object) -> bool:
    """Whether parsed JSON looks like a ChatGPT export: conversations with a `mapping`, or none."""
    return isinstance(content, list) and (
        not content or any(isinstance(entry, dict) and "mapping" in entry for entry in content)
    )


def read(content: list[Any]) -> list[Document]:
    """Documents out of parsed JSON, the oldest first; conversations without a visible message are left out.

    Raises:
        UsageError: nothing in it could be read, though there was something.
    """
    entries = [
        entry for entry in content if isinstance(entry, dict) and isinstance(entry.get("mapping"), dict)
    ]
    if content and not entries:
        raise UsageError("The file holds no conversations of a ChatGPT export.", "Choose conversations.json.")
    documents = [_document(entry) for entry in entries]
    return sorted((found for found in documents if found.nodes), key=lambda found: found.updated_at)


def _document(entry: dict[str, Any]) -> Document:
    title = entry.get("title")
    nodes = _Reader(entry["mapping"]).read(entry.get("current_node"))
    created_at = finite(entry.get("create_time"), nodes[0].created_at if nodes else 0.0)
    return Document(
        title=title if isinstance(title, str) else "",
        title_is_own=isinstance(title, str) and bool(title.strip()),
        created_at=created_at,
        updated_at=finite(entry.get("update_time"), created_at),
        nodes=nodes,
    )


@dataclass
class _Growing:
    """A message that takes in the nodes of the export it is made of."""

    parent: int | None
    first: Turn
    selected: bool
    items: list[Item] = field(default_factory=list)
    status: Status = Status.COMPLETE
    model: str = ""
    thinking_s: float | None = None

    def take(self, turn: Turn) -> None:
        self.items += turn.items
        self.status = turn.status
        self.model = turn.model or self.model
        self.thinking_s = self.thinking_s if turn.thinking_s is None else turn.thinking_s

    def node(self) -> Node:
        answer = Answer(model=self.model, thinking_s=self.thinking_s) if self._answers else Answer()
        items = joined_calls(self.items) if self._answers else self.items
        return Node(
            self.parent, self.first.role, items, self.first.created_at, self.status, answer, self.selected
        )

    @property
    def _answers(self) -> bool:
        return self.first.role is Role.ASSISTANT


class _Reader:
    """Walks one mapping; whatever its links say, every node is visited once at most."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        self._entries = {key: value for key, value in mapping.items() if isinstance(value, dict)}
        self._children: dict[str | None, list[str]] = {}
        for key, entry in self._entries.items():
            self._children.setdefault(self._parent(entry), []).append(key)
        self._grown: list[_Growing] = []

    def read(self, current: object) -> tuple[Node, ...]:
        """The tree, parents first, the branch that ends at the node `current` shown."""
        shown = self._ancestors(current)
        waiting: list[tuple[str, int | None]] = [
            (key, None) for key in reversed(self._children.get(None, []))
        ]
        while waiting:
            key, parent = waiting.pop()
            place = self._grow(key, parent, key in shown)
            waiting += [(child, place) for child in reversed(self._children.get(key, []))]
        return with_one_selected([grown.node() for grown in self._grown])

    def _grow(self, key: str, parent: int | None, selected: bool) -> int | None:
        """Take a node in; returns the place of the message its children follow."""
        turn = turn_of(self._entries[key].get("message"), key)
        if turn is None:
            return parent
        above = self._grown[parent] if parent is not None else None
        if above is not None and self._continues(above, turn, key):
            above.take(turn)
            return parent
        if not turn.items:
            return parent
        self._grown.append(_Growing(parent, turn, selected))
        self._grown[-1].take(turn)
        return len(self._grown) - 1

    def _continues(self, above: _Growing, turn: Turn, key: str) -> bool:
        only_child = len(self._children.get(self._parent(self._entries[key]), [])) == 1
        return only_child and above.first.role is Role.ASSISTANT and turn.role is Role.ASSISTANT

    def _parent(self, entry: dict[str, Any]) -> str | None:
        parent = entry.get("parent")
        return parent if isinstance(parent, str) and parent in self._entries else None

    def _ancestors(self, current: object) -> set[str]:
        found: set[str] = set()
        while isinstance(current, str) and current in self._entries and current not in found:
            found.add(current)
            current = self._parent(self._entries[current])
        return found
