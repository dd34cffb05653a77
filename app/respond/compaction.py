"""A conversation as one item: its summary, which goes on with it in place of its messages.

Clients pass the item back as it came and do not look inside. It is no secret: nothing leaves this computer.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from app.respond.fields import Fields, invalid
from app.respond.items import new_id

KINDS = ("compaction", "compaction_summary")
INSTRUCTIONS = (
    "Summarise the conversation so far for somebody who goes on with it and has read none of it: what was"
    " asked, what was found and decided, names, numbers and code that matter, and what is still open."
    " Write the summary only."
)
_HEADING = "# The conversation so far\n\n"


def compaction_item(summary: str) -> dict[str, Any]:
    """The item that holds a summary."""
    content = base64.b64encode(summary.encode("utf-8", "replace")).decode("ascii")
    return {"id": new_id("cmp"), "type": KINDS[0], "encrypted_content": content}


def summary_of(item: Fields) -> str:
    """What the model is told of a conversation that became an item.

    Raises:
        RequestError: another server made it.
    """
    try:
        summary = base64.b64decode(item.text("encrypted_content") or "", validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise invalid(item.name("encrypted_content"), "was not made by this server") from error
    return f"{_HEADING}{summary}"
