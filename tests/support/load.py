"""Many clients at once, half of which leave amid their answers."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

import httpx2

QUESTIONS = (
    "What is a token?",
    "What is a model?",
    "Who are you?",
    "What is a channel?",
    "How do I import a model?",
    "What is quantization?",
)
_LEAVING_SHARE = 0.5
_MOST_EVENTS = 60
_PAUSE = (0.5, 3.0)


@dataclass
class Tally:
    """What became of the requests.

    Attributes:
        answered: whole answers.
        wrong: answers that are another question's, or broken.
        left: streams that the client left.
        full: requests that were told to come again.
        failed: connections and answers that failed.
    """

    answered: int = 0
    wrong: int = 0
    left: int = 0
    full: int = 0
    failed: list[str] = field(default_factory=list)


async def expected_answers(url: str) -> dict[str, str]:
    """What the model answers to each question when nobody else asks."""
    async with _client(url) as client:
        answers = {}
        for question in QUESTIONS:
            found = (await client.post("/responses", json=_body(question), timeout=120)).json()
            answers[question] = found["output"][-1]["content"][0]["text"]
        return answers


async def run_load(url: str, clients: int, seconds: float) -> Tally:
    """Let so many clients ask for so long, then wait for what is under way."""
    expected = await expected_answers(url)
    tally = Tally()
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(_ask(url, expected, until, tally, random.Random(number)))
    return tally


async def _ask(url: str, expected: dict[str, str], until: float, tally: Tally, chance: random.Random) -> None:
    async with _client(url) as client:
        while time.monotonic() < until:
            question = chance.choice(QUESTIONS)
            leaves = chance.randrange(1, _MOST_EVENTS) if chance.random() < _LEAVING_SHARE else 0
            try:
                text = await _stream(client, question, leaves)
            except httpx2.HTTPError as error:
                tally.failed.append(type(error).__name__)
                continue
            if text is None:
                tally.full += 1
                await asyncio.sleep(chance.uniform(*_PAUSE))
            elif leaves:
                tally.left += 1
                tally.wrong += not expected[question].startswith(text)
            else:
                tally.answered += 1
                tally.wrong += text != expected[question]


async def _stream(client: httpx2.AsyncClient, question: str, leaves: int) -> str | None:
    """The text of an answer, or as much of it as was read; None when too many waited."""
    text, events = "", 0
    async with client.stream("POST", "/responses", json=_body(question) | {"stream": True}) as answer:
        if answer.status_code == 429:
            return None
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if not line.startswith("data: {"):
                continue
            event = json.loads(line.removeprefix("data: "))
            if event["type"] == "response.output_text.delta":
                text += event["delta"]
            events += 1
            if leaves and events >= leaves:
                return text
    return text


def _body(question: str) -> dict[str, object]:
    return {"model": "guide", "input": question, "store": False}


def _client(url: str) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=url, timeout=120, trust_env=False)
