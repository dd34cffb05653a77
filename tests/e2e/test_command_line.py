"""The real program, with a tiny model: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.support.program import Program, interrupt, interrupts
from tests.support.worker import write_endless_model, write_harmony_checkpoint

HEAVY = ("onnxruntime", "numpy", "onnx", "tokenizers", "safetensors", "PySide6", "jinja2")
ENDLESS = ("--raw", "--temperature", "0", "--max-tokens", "16000")


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_harmony_checkpoint(tmp_path_factory.mktemp("checkpoint") / "Tiny-Model")


@pytest.fixture(scope="module")
def endless_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_endless_model(tmp_path_factory.mktemp("endless"))


def test_the_answer_as_json(indoors: Program, endless_model: Path) -> None:
    done = indoors("ask", "hello", "--model", str(endless_model), *ENDLESS, "--max-tokens", "6", "--json")
    answer = done.json
    assert (done.code, done.err) == (0, "")
    assert set(answer) == {
        "text", "reasoning", "finish_reason", "model", "device", "usage", "timings",
        "peak_memory_bytes", "placement", "prompt_token_ids", "output_token_ids",
    }  # fmt: skip
    assert set(answer["usage"]) == {"input_tokens", "output_tokens", "reasoning_tokens", "cached_tokens"}
    wanted = {"load_s", "ttft_s", "prefill_tokens_per_s", "decode_tokens_per_s"}
    assert wanted <= set(answer["timings"])
    assert answer["usage"]["input_tokens"] == len(answer["prompt_token_ids"])
    assert answer["usage"]["output_tokens"] == len(answer["output_token_ids"]) == 6
    assert answer["finish_reason"] == "length"
    assert answer["device"] == "cpu"
    assert answer["peak_memory_bytes"] > 10_000_000


def test_without_raw_no_token_ids_are_printed(indoors: Program, tiny_model: Path) -> None:
    answer = indoors("ask", "hello", "--model", str(tiny_model), "--json", "--max-tokens", "4").json
    assert "prompt_token_ids" not in answer


def test_the_answer_streams_to_standard_output(indoors: Program, tiny_model: Path) -> None:
    options = ("--model", str(tiny_model), "--raw", "--max-tokens", "6", "--seed", "3")
    shown = indoors("ask", "hello", *options)
    text = indoors("ask", "hello", *options, "--json").json["text"]
    assert shown.code == 0
    assert shown.out == text + "\n"
    assert "--max-tokens" in shown.err


def test_a_seed_repeats_an_answer(indoors: Program, tiny_model: Path) -> None:
    def ids(seed: str) -> list[int]:
        options = ("--json", "--raw", "--max-tokens", "12", "--seed", seed)
        found: list[int] = indoors("ask", "hi", "--model", str(tiny_model), *options).json["output_token_ids"]
        return found

    assert ids("7") == ids("7") != ids("8")


def test_a_question_comes_from_standard_input(indoors: Program, tiny_model: Path) -> None:
    options = ("--json", "--raw", "--max-tokens", "1")
    done = indoors("ask", "--model", str(tiny_model), *options, given="grüße".encode())
    assert done.json["usage"]["input_tokens"] > 0
    assert indoors("ask", "--model", str(tiny_model), given=b" \n").code == 2


def test_a_model_is_imported_shown_verified_and_removed(indoors: Program, checkpoint: Path) -> None:
    imported = indoors("models", "import", str(checkpoint), "--json")
    assert (imported.code, imported.err) == (0, "")
    listed = [model for model in indoors("models", "list", "--json").json if not model["built_in"]]
    assert [model["id"] for model in listed] == ["tiny-model"]
    assert {"id", "name", "parameters", "bytes", "context", "licence", "state"} <= set(listed[0])
    assert listed[0]["state"] == "ready"
    assert indoors("models", "show", "tiny-model", "--json").json["quantization"] == "int4"
    assert indoors("models", "verify", "tiny-model", "--json").json["problems"] == []
    assert "tiny-model" in indoors("models", "list").out
    assert indoors("ask", "hi", "--model", "tiny-model", "--max-tokens", "2").code == 0
    assert indoors("models", "remove", "tiny-model", "--for-good", "--json").json["removed"] is True
    assert indoors("models", "show", "tiny-model").code == 3


@pytest.mark.parametrize("quantization", ["int8", "fp16", "fp32"])
def test_every_quantization_answers(indoors: Program, checkpoint: Path, quantization: str) -> None:
    imported = indoors("models", "import", str(checkpoint), "--quant", quantization, "--id", "q", "--json")
    assert imported.json["quantization"] == quantization
    assert indoors("ask", "hi", "--model", "q", "--max-tokens", "3", "--json").code == 0


def test_a_published_folder_is_imported_as_it_is(indoors: Program, tiny_model: Path) -> None:
    assert indoors("models", "import", str(tiny_model), "--id", "copy").code == 0
    assert indoors("models", "verify", "copy").code == 0
    taken = indoors("models", "import", str(tiny_model), "--id", "copy")
    assert taken.code == 2
    assert "installed already" in taken.err


def test_the_prompt_is_rendered(indoors: Program, tiny_model: Path) -> None:
    request = {"input": "What is <|end|>?", "instructions": "Be brief.", "reasoning": {"effort": "high"}}
    done = indoors("inspect", "prompt", "--model", str(tiny_model), given=json.dumps(request).encode())
    assert done.json["text"].startswith("<|start|>system<|message|>")
    assert "Reasoning: high" in done.json["text"]
    assert all(isinstance(number, int) for number in done.json["token_ids"])


def test_a_conversation(indoors: Program, tiny_model: Path, tmp_path: Path) -> None:
    saved = tmp_path / "talk.json"
    lines = f"hello\n/effort high\n/effort extreme\nmore\n/save {saved}\n/help\n/clear\n/quit\n"
    done = indoors("chat", "--model", str(tiny_model), "--max-tokens", "4", given=lines.encode())
    assert done.code == 0
    assert "'extreme' is no value" in done.err
    users = [item for item in json.loads(saved.read_text(encoding="utf-8")) if item.get("role") == "user"]
    assert [item["content"][0]["text"] for item in users] == ["hello", "more"]


def test_settings_are_kept(indoors: Program) -> None:
    assert indoors("settings", "effort", "low").out == "low\n"
    assert indoors("settings", "--json").json["effort"] == "low"
    assert indoors("settings", "effort", "default").out == "medium\n"
    assert indoors("settings", "nonsense").code == 2


def test_without_a_display_the_window_says_what_to_do_instead(indoors: Program) -> None:
    if sys.platform in {"win32", "darwin"}:
        pytest.skip("there is always a display")
    done = indoors()
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "indoors ask" in done.err
    assert "indoors chat" in done.err


def test_the_version_costs_nothing() -> None:
    script = "import sys; sys.argv = ['indoors', '--version']\nfrom app.__main__ import main\nmain()\n"
    script += "print([name for name in sys.modules if name.startswith(('app.', 'rich', 'argparse'))])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert re.fullmatch(r"indoors \d+\.\d+\.\d+\n\['app.__main__'\]\n", shown)


def test_the_command_line_imports_nothing_heavy() -> None:
    modules = ["main", "ask", "chat", "models", "bench", "inspect_prompt", "settings_command", "window"]
    imports = ", ".join(f"app.cli.{module}" for module in modules)
    script = f"import sys, {imports}; print([name for name in {HEAVY} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown == "[]\n"


@interrupts
def test_interrupting_ends_everything(indoors: Program, endless_model: Path) -> None:
    running = indoors.start("ask", "hello", "--model", str(endless_model), *ENDLESS)
    assert running.stdout is not None
    running.stdout.read(1)
    children = psutil.Process(running.pid).children(recursive=True)
    interrupt(running)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert children
    assert psutil.wait_procs(children, timeout=10)[1] == []


def test_a_killed_worker_is_explained(indoors: Program, endless_model: Path) -> None:
    running = indoors.start("ask", "hello", "--model", str(endless_model), *ENDLESS)
    assert running.stdout is not None
    running.stdout.read(1)
    for child in psutil.Process(running.pid).children():
        child.kill()
    _, err = running.communicate(timeout=30)
    assert running.returncode == 6
    assert b"Traceback" not in err
    words = b"ended unexpectedly (exit code" if sys.platform == "win32" else b"memory ran out"
    assert words in err


def test_a_reader_that_leaves_is_no_failure(indoors: Program, endless_model: Path) -> None:
    running = indoors.start("ask", "hello", "--model", str(endless_model), *ENDLESS)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(1)
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert err == b""


def test_time_is_not_lost_before_the_first_word(indoors: Program, tiny_model: Path) -> None:
    started = time.monotonic()
    indoors("ask", "hi", "--model", str(tiny_model), "--max-tokens", "1")
    assert time.monotonic() - started < 60  # a hang, not a benchmark


def test_measuring(indoors: Program, tiny_model: Path) -> None:
    few = ("--prompt-tokens", "16", "--new-tokens", "4", "--conversation-tokens", "64")
    done = indoors("bench", "--model", str(tiny_model), *few, "--json")
    assert (done.code, done.err) == (0, "")
    speeds = {
        "prefill_tokens_per_s",
        "decode_tokens_per_s",
        "read_bandwidth",
        "bandwidth_share",
        "overhead_s",
    }
    assert all(done.json[figure] > 0 for figure in speeds)
    shown = indoors("bench", "--model", str(tiny_model), *few)
    assert "tokens/s" in shown.out
    assert "GB/s" in shown.out
