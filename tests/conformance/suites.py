"""The suites: how each is run, and what its report says."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

_SECONDS = 600
_MODEL = "guide"
_IGNORED = "unknown SSE event type: response.reasoning_text"
_LEFT_OUT = "positive_data_acceptance"

Report = Callable[[str], str]


@dataclass(frozen=True)
class Suite:
    """One suite.

    Attributes:
        name: what it is called.
        command: its command line; {url} is the server's address with `/v1`, {root} without.
        report: turns what it prints into Markdown.
    """

    name: str
    command: tuple[str, ...]
    report: Report

    @property
    def shown(self) -> str:
        """The command line for people."""
        return " ".join(self.command)

    def run(self, url: str) -> str:
        """Run it; gives its report."""
        filled = [part.format(url=url, root=url.removesuffix("/v1")) for part in self.command]
        done = subprocess.run(filled, capture_output=True, text=True, timeout=_SECONDS, check=False)
        try:
            return self.report(done.stdout)
        except (ValueError, KeyError, IndexError):
            return f"```\n{(done.stdout + done.stderr)[-3000:]}\n```"


def _comply(output: str) -> str:
    found = json.loads(output[output.index("{") :])
    rows = ["| test | result | what it says |", "|---|---|---|"]
    for result in found["results"]:
        errors = "; ".join(result.get("errors", [])[:2]).replace("|", "\\|")
        rows.append(f"| {result['name']} | {result['status']} | {errors} |")
    summary = ", ".join(
        f"{count} {name}" for name, count in found["summary"].items() if isinstance(count, int)
    )
    return "\n".join([*rows, "", f"{summary}."])


def _canary(output: str) -> str:
    found = json.loads(output[output.index("{") :])
    rows = ["| probe | result | what it says |", "|---|---|---|"]
    for probe in found["results"]:
        rows.append(f"| {probe['name']} | {probe['status']} | {probe['summary']} |")
    return "\n".join(rows)


def _schemathesis(output: str) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    return f"```\n{plain[plain.index('SUMMARY') :].partition(chr(10))[2].strip()}\n```"


_COMPLY = f"uvx llm-comply -u {{url}} -k none -m {_MODEL} --json"
_CANARY = f"npx --yes compatcanary scan --base-url {{url}} --model {_MODEL} --format json --api-key none"
_SCHEMATHESIS = (
    "uvx schemathesis run {root}/openapi.json --max-examples 50 --request-timeout 30"
    f" --exclude-checks {_LEFT_OUT}"
)
SUITES = (
    Suite("llm-comply, Open Responses", (*_COMPLY.split(), "-i", _IGNORED), _comply),
    Suite("llm-comply, Chat Completions", (*_COMPLY.split(), "--format", "openai-chat"), _comply),
    Suite("compatcanary", tuple(_CANARY.split()), _canary),
    Suite("schemathesis over /openapi.json", tuple(_SCHEMATHESIS.split()), _schemathesis),
)
