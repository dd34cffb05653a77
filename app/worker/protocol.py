"""The worker's methods; what goes over its pipes is in `app.process.messages`."""

from __future__ import annotations

from enum import StrEnum

from app.process.messages import CANCEL

PROGRESS = "progress"
TOKENS = "tokens"
ASK = "ask"
"""The server asks whoever switched it on; `answer` is the reply."""
SERVING = "serving"
"""The server listens: `url`."""
REQUEST = "request"
"""A request to the server, when a model is asked and when it is over."""
ANSWERED = "answered"
"""What an answer over HTTP took: `load`, and of its `done` what the memory gate learns from."""
RUNTIME_OPTION = "--runtime"
"""The worker's option that names the folder of the runtime it imports."""


class Method(StrEnum):
    """Everything a worker can be asked."""

    LOAD = "load"
    RESPOND = "respond"
    RENDER = "render"
    TOKENIZE = "tokenize"
    SPELL = "spell"
    EXAMINE = "examine"
    IMPORT = "import"
    BENCH = "bench"
    UNLOAD = "unload"
    SERVE = "serve"
    ANSWER = "answer"
    KEYS = "keys"
    CANCEL = CANCEL
    STATUS = "status"
    PING = "ping"
    SHUTDOWN = "shutdown"


METHODS = frozenset(Method)
CONTROL = frozenset({Method.CANCEL, Method.STATUS, Method.PING, Method.SHUTDOWN, Method.ANSWER, Method.KEYS})
"""Answered at once; `serve` goes on beside all others, which wait in one queue."""
IMPORT_MODES = ("copy", "move", "link")
"""What an import does with the files that lie elsewhere."""
