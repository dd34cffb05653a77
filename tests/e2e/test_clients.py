"""Other people's clients against `indoors serve`; those that are not installed are left out."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess

import pytest

from app.serving.keys import hash_of
from app.ui.server.snippets import KEY_VARIABLE, snippets
from tests.support.serve_program import serve_program
from tests.support.server import called, serving, spoken

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
QUESTION = "What is a token?"
KEY = "sk-for-codex"
_SECONDS = 120


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with serve_program(tmp_path_factory.mktemp("home")) as served:
        yield served.url


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl(url):
    body = json.dumps({"model": "guide", "input": QUESTION, "stream": True})
    command = ["curl", "-sN", f"{url}/responses", "-H", "Content-Type: application/json", "-d", body]
    out = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True).stdout.decode()
    assert out.startswith("event: response.created\ndata: {")
    assert out.endswith("data: [DONE]\n\n")


def test_openai_agents_with_a_tool_loop(url):
    agents = pytest.importorskip("agents")
    import openai

    asked = []

    @agents.function_tool
    def look(what: str) -> str:
        """Look something up."""
        asked.append(what)
        return "A token is a piece of text."

    async def run(kind: type) -> str:
        async with openai.AsyncOpenAI(base_url=url, api_key="none") as client:
            agent = agents.Agent(
                name="Guide",
                model=kind(model="guide", openai_client=client),
                tools=[look],
                model_settings=agents.ModelSettings(tool_choice="required", max_tokens=400),
            )
            result = await agents.Runner.run(agent, QUESTION, max_turns=4)
            streamed = agents.Runner.run_streamed(agent, QUESTION, max_turns=4)
            kinds = {event.type async for event in streamed.stream_events()}
            assert {"raw_response_event", "run_item_stream_event"} <= kinds
            return result.final_output

    agents.set_tracing_disabled(True)
    for kind in (agents.OpenAIResponsesModel, agents.OpenAIChatCompletionsModel):
        asked.clear()
        assert asyncio.run(run(kind))
        assert len(asked) == 2, "once in each of the two runs"


@pytest.mark.parametrize("responses", [False, True])
def test_langchain(url, responses):
    langchain = pytest.importorskip("langchain_openai")
    model = langchain.ChatOpenAI(
        base_url=url, api_key="none", model="guide", use_responses_api=responses, max_tokens=400
    )
    whole = model.invoke(QUESTION)
    assert "token" in whole.text.lower()
    assert whole.usage_metadata["output_token_details"]["reasoning"] > 0
    chunks = list(model.stream(QUESTION))
    assert "".join(chunk.text for chunk in chunks) == whole.text
    schema = {
        "title": "Answer",
        "type": "object",
        "properties": {"sure": {"type": "boolean"}},
        "required": ["sure"],
        "additionalProperties": False,
    }
    found = model.with_structured_output(schema, method="json_schema", strict=True).invoke(QUESTION)
    assert isinstance(found["sure"], bool)
    tool = {"name": "look", "description": "Looks.", "parameters": schema}
    bound = model.bind_tools([{"type": "function", "function": tool}], tool_choice="look")
    (call,) = bound.invoke(QUESTION).tool_calls
    assert set(call["args"]) == {"sure"}


@pytest.mark.skipif(shutil.which("codex") is None, reason="the Codex CLI is not installed")
def test_codex_finishes_a_tool_round_trip(tmp_path):
    """The guide does not program, so the answers are written here; all else is real."""
    requests = []

    def script(job):
        requests.append(job.request.params)
        kinds = {item["type"] for item in job.request.params["input"]}
        if "function_call_output" in kinds:
            return spoken("All is well.", "done")
        names = {tool.get("name") for tool in job.request.params["tools"]}
        if "exec_command" in names:
            return called("exec_command", {"cmd": "echo from-the-tool"})
        return called("shell", {"command": ["echo", "from-the-tool"]})

    with serving(script=script, keys=(hash_of(KEY),)) as served:
        (config,) = (
            one for one in snippets(served.url, "tiny/one", 64, keyed=True) if one.title == "Codex CLI"
        )
        (tmp_path / "config.toml").write_text(config.text, encoding="utf-8")
        command = ["codex", "exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"]
        done = subprocess.run(
            [*command, "Say that all is well."],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "CODEX_HOME": str(tmp_path), KEY_VARIABLE: KEY},
            stdin=subprocess.DEVNULL,
        )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert "All is well." in done.stdout.decode()
    results = [item for item in requests[-1]["input"] if item["type"] == "function_call_output"]
    assert "from-the-tool" in json.dumps(results)
