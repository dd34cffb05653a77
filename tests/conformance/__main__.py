"""Runs every suite and writes docs/conformance.md."""

from __future__ import annotations

import platform
import tempfile
from datetime import date
from pathlib import Path

from app import __version__
from tests.conformance.suites import SUITES
from tests.support.serve_program import serve_program

_TARGET = Path(__file__).parents[2] / "docs" / "conformance.md"
_HEAD = """\
# The local API and other people's suites

Written by `uv run python -m tests.conformance` on {day}, with Indoors {version} on {system}, against
`indoors serve` with the guide, a model of 3.4 million parameters that was never taught to use tools: what is
shown is the server, its streams, and that forms and calls are enforced.

What cannot apply, or is done otherwise on purpose:

- **Images.** The models read text; an image is refused with 400 and the name of the field.
- **Parallel calls.** gpt-oss ends its turn with each call, so an answer of it has one, whatever
  `parallel_tool_calls` says. Several calls that a client sends back are read, each with its result; several
  in an answer of another model are told as items of their own.
- **`response.reasoning_text.*`** are OpenAI's names of the events that tell of thinking. The Open Responses
  description of 2026 knows only `response.reasoning.*`, so that complaint is ignored.
- **Conditions between fields** (a call's result needs its call) cannot be said in OpenAPI, so schemathesis'
  check that every request of the right shape is accepted is left out.
"""


def main() -> None:
    """Run them all."""
    day, system = date.today().isoformat(), f"{platform.system()} {platform.machine()}"
    parts = [_HEAD.format(day=day, version=__version__, system=system)]
    with tempfile.TemporaryDirectory() as home, serve_program(Path(home), "--rate-limit", "0") as served:
        for suite in SUITES:
            print(f"{suite.name} …", flush=True)
            parts.append(f"## {suite.name}\n\n`{suite.shown}`\n\n{suite.run(served.url)}\n")
    _TARGET.write_text("\n".join(parts), encoding="utf-8")
    print(f"Written: {_TARGET}")


main()
