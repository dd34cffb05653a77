"""A whole conversation as data, without database ids: what every format is written from or read into."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.history.items import Item
from app.history.records import Answer, Draft, Options, Role, Status


@dataclass(frozen=True)
class Node:
    """A message in a document.

    Attributes:
        parent: the index of the node it follows, smaller than its own; None for a first message.
        selected: the one of its siblings that is shown.
    """

    parent: int | None
    role: Role
    items: list[Item]
    created_at: float
    status: Status = Status.COMPLETE
    answer: Answer = field(default_factory=Answer)
    selected: bool = False


@dataclass(frozen=True)
class Document:
    """A conversation with all its branches.

    Attributes:
        folder: the folder's name; empty for none.
        nodes: the tree, parents before their children, siblings in the order of writing.
    """

    title: str = ""
    title_is_own: bool = False
    pinned: bool = False
    folder: str = ""
    created_at: float = 0.0
    updated_at: float = 0.0
    options: Options = field(default_factory=Options)
    draft: Draft = field(default_factory=Draft)
    nodes: tuple[Node, ...] = ()

    def branch(self) -> list[Node]:
        """The nodes that are shown, from the first on."""
        shown: list[Node] = []
        last: int | None = None
        for index, node in enumerate(self.nodes):
            if node.selected and node.parent == last:
                shown.append(node)
                last = index
        return shown


def with_one_selected(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same tree with exactly one of each group of siblings selected: the first marked, else the last."""
    chosen: dict[int | None, int] = {}
    for index, node in enumerate(nodes):
        previous = chosen.get(node.parent)
        if previous is None or not nodes[previous].selected:
            chosen[node.parent] = index
    return tuple(replace(node, selected=chosen[node.parent] == index) for index, node in enumerate(nodes))


def finite(value: object, default: float) -> float:
    """A time from outside: a finite number, else the default."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            return default
        return number if math.isfinite(number) else default
    return default


def settled(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes with nothing still being written: what is exported mid-answer is cut where it is."""
    return tuple(
        replace(node, status=Status.INCOMPLETE) if node.status is Status.STREAMING else node for node in nodes
    )
