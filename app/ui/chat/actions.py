"""What a user can do to a turn; the pane does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Actions:
    """Called by the rows of a conversation. Turns are named by their message's id.

    Attributes:
        copy: put text on the clipboard.
        save_code: ask for a file, write code there: the code, its language.
        open_link: show where an address leads, and open it if the user agrees.
        regenerate: answer the same turn again, as another branch.
        edit: change what was said, as another branch.
        step: show the alternative so many places further.
        go_on: continue an answer that was cut.
        retry: try again after an error.
        show_raw: show the tokens the model read and wrote.
    """

    copy: Callable[[str], None]
    save_code: Callable[[str, str], None]
    open_link: Callable[[str], None]
    regenerate: Callable[[int], None]
    edit: Callable[[int], None]
    step: Callable[[int, int], None]
    go_on: Callable[[int], None]
    retry: Callable[[int], None]
    show_raw: Callable[[int], None]
