"""Importing through the real program and a real worker."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import IndoorsError, ModelDamaged, UsageError
from app.library.store import State, Store
from app.paths import Paths
from app.worker.client import WorkerClient
from tests.support.checkpoints import CASES
from tests.support.gguf_files import TinyGguf, write_gguf, write_gpt_oss
from tests.support.program import Program


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return write_gguf(tmp_path / "Tiny.Q4_K.gguf", TinyGguf("qwen2", "Q4_K", bias=True))


async def examine(client: WorkerClient, source: Path) -> dict[str, Any]:
    return dict(await client.call("examine", {"source": str(source)}))


def test_a_gguf_file_is_imported_and_answers(indoors: Program, gguf: Path) -> None:
    done = indoors("models", "import", str(gguf), "--id", "tiny", "--json")
    assert done.code == 0, done.err
    assert done.json["quantization"] == "Q4_K"
    answer = indoors("ask", "Hello", "--model", "tiny", "--max-tokens", "4", "--json")
    assert answer.code == 0, answer.err
    assert gguf.is_file()
    again = indoors("models", "import", str(gguf), "--id", "tiny")
    assert (again.code, "installed already" in again.err) == (2, True)


def test_a_dry_run_writes_nothing(indoors: Program, gguf: Path) -> None:
    done = indoors("models", "import", str(gguf), "--dry-run", "--json")
    assert done.code == 0, done.err
    assert all(check["passed"] for check in done.json["checks"])
    assert not any((indoors.home / "models").glob("*"))


def test_a_linked_model_answers_from_where_it_lies(
    indoors: Program, tiny_model: Path, tmp_path: Path
) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "elsewhere"))
    assert indoors("models", "import", str(source), "--link", "--id", "far").code == 0
    assert sorted(path.name for path in (indoors.home / "models" / "far").iterdir()) == ["indoors.json"]
    assert indoors("ask", "Hello", "--model", "far", "--max-tokens", "4").code == 0
    assert indoors("models", "verify", "far").code == 0


def test_a_moved_model_leaves_nothing_behind(indoors: Program, tiny_model: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "elsewhere"))
    planned = indoors("models", "import", str(source), "--move", "--dry-run")
    assert (planned.code, "would be moved to" in planned.out) == (0, True)
    assert (source / "model.onnx").is_file()
    assert indoors("models", "import", str(source), "--move", "--id", "mine").code == 0
    assert not source.exists()
    assert indoors("ask", "Hello", "--model", "mine", "--max-tokens", "4").code == 0


@pytest.mark.parametrize("mode", ["--move", "--link"])
def test_a_dry_run_says_that_what_is_converted_can_only_be_copied(
    indoors: Program, gguf: Path, mode: str
) -> None:
    planned = indoors("models", "import", str(gguf), mode, "--dry-run", "--json")
    assert planned.code != 0
    assert [check["name"] for check in planned.json["checks"] if not check["passed"]] == ["mode"]
    refused = indoors("models", "import", str(gguf), mode)
    assert (refused.code, "neither be moved nor linked" in refused.err) == (2, True)
    assert gguf.is_file()
    assert not any((indoors.home / "models").glob("*"))


@pytest.mark.parametrize("name", ["model.zip", "notes.txt", "model.pt", "x" * 300])
def test_what_is_no_model_is_refused_in_a_sentence(indoors: Program, tmp_path: Path, name: str) -> None:
    if len(name) < 300:
        (tmp_path / name).write_bytes(b"PK\x03\x04" + bytes(100))
    done = indoors("models", "import", str(tmp_path / name))
    assert done.code not in {0, 1}
    assert "Traceback" not in done.err
    assert name[:20] in done.err
    assert not any((indoors.home / "models").glob("*"))


async def test_a_disk_that_is_taken_away_while_its_model_answers(tiny_model: Path, tmp_path: Path) -> None:
    """The answer ends well or with an error in words; afterwards the model is listed as not connected."""
    places = Paths(tmp_path / "home")
    disk = Path(shutil.copytree(tiny_model, tmp_path / "disk"))
    store = Store(places)
    params = {"source": str(disk), "destination": str(store.destination("far")), "mode": "link"}
    async with WorkerClient(places.home) as client:
        await client.call("import", params)
        load = {"model": str(store.locate("far"))}
        asked = {"input": "Hello", "max_output_tokens": 400, "indoors": {"load": load}}
        begun = asyncio.Event()
        answer = asyncio.create_task(client.call("respond", asked, lambda _: begun.set()))
        await asyncio.wait_for(begun.wait(), 60)
        take_away(disk)
        (done,) = await asyncio.gather(answer, return_exceptions=True)
        assert isinstance(done, Mapping | IndoorsError), done
        assert store.get("far").state is State.NOT_CONNECTED
        await client.call("unload", {})
        with pytest.raises(IndoorsError, match="disk"):
            await client.call("respond", asked)
    listed = Program(places.home)("models", "list")
    assert (listed.code, "not connected" in listed.out) == (0, True)
    refused = Program(places.home)("ask", "Hello", "--model", "far")
    assert (refused.code, "not connected" in refused.err) == (3, True)


def take_away(folder: Path) -> None:
    shutil.rmtree(folder)


async def test_what_the_worker_says(client: WorkerClient, gguf: Path, tmp_path: Path) -> None:
    report = await examine(client, gguf)
    assert report["kind"] == "gguf"
    named = [check["name"] for check in report["checks"]]
    assert named[-2:] == ["tokenizer", "chat template"]
    assert (report["id"], report["name"], report["architecture"]) == ("tiny.q4_k", "Tiny.Q4_K", "qwen2")
    assert (report["quantization"], report["context_length"], report["licence"]) == (
        "Q4_K",
        512,
        "apache-2.0",
    )
    params = {"source": str(gguf), "destination": str(tmp_path / "models" / "mine")}
    planned = await client.call("import", {**params, "dry_run": True})
    assert planned["checks"] == report["checks"]
    assert not (tmp_path / "models").exists()
    record = await client.call("import", params)
    last = record["checks"][-1]
    assert (last["name"], last["passed"], last["detail"].startswith("10 tokens: ")) == (
        "ten tokens",
        True,
        True,
    )
    assert record["id"] == "mine"
    size = sum(path.stat().st_size for path in (tmp_path / "models" / "mine").iterdir())
    assert report["bytes"] == pytest.approx(size, abs=4096)


async def test_a_gpt_oss_file(client: WorkerClient, tmp_path: Path) -> None:
    source = write_gpt_oss(tmp_path / "oss.gguf", replace(CASES["mxfp4"], vocabulary=320, positions=4096))
    report = await examine(client, source)
    weights = next(check["detail"] for check in report["checks"] if check["name"] == "weights")
    assert "MXFP4 to int4 (relative error" in weights
    record = await client.call(
        "import", {"source": str(source), "destination": str(tmp_path / "models" / "oss")}
    )
    assert record["architecture"] == "gpt_oss"


async def failing(client: WorkerClient, source: Path, tmp_path: Path) -> tuple[dict[str, Any], IndoorsError]:
    report = await examine(client, source)
    with pytest.raises(IndoorsError) as caught:
        await client.call("import", {"source": str(source), "destination": str(tmp_path / "models" / "mine")})
    left = list((tmp_path / "models").glob("*")) if (tmp_path / "models").exists() else []
    assert left == []
    failed = next(check for check in report["checks"] if not check["passed"])
    assert caught.value.message in failed["detail"]
    return failed, caught.value


async def test_a_tokenizer_of_another_model(client: WorkerClient, tiny_model: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "published"))
    (source / "indoors.json").unlink()
    content = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    content["added_tokens"].append({**content["added_tokens"][0], "id": 5000, "content": "<|new|>"})
    content["model"]["vocab"]["<|new|>"] = 5000
    (source / "tokenizer.json").write_text(json.dumps(content), encoding="utf-8")
    failed, error = await failing(client, source, tmp_path)
    assert failed["name"] == "tokenizer"
    assert isinstance(error, ModelDamaged)
    assert "a token 5,000" in error.message


async def test_a_missing_tokenizer(client: WorkerClient, tiny_model: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "published"))
    (source / "indoors.json").unlink()
    (source / "tokenizer.json").unlink()
    failed, error = await failing(client, source, tmp_path)
    assert failed["name"] == "tokenizer"
    assert "has no tokenizer" in error.message
    bare = {"tokenizer.ggml.tokens": None, "tokenizer.ggml.model": None}
    failed, error = await failing(client, write_gguf(tmp_path / "bare.gguf", TinyGguf(extra=bare)), tmp_path)
    assert failed["name"] == "vocabulary"
    assert "has no tokenizer" in error.message


async def test_a_template_that_does_not_render(client: WorkerClient, tmp_path: Path) -> None:
    extra = {"tokenizer.chat_template": "{{ raise_exception('only robots') }}"}
    failed, error = await failing(client, write_gguf(tmp_path / "m.gguf", TinyGguf(extra=extra)), tmp_path)
    assert failed["name"] == "chat template"
    assert "only robots" in error.message


async def test_a_mode_that_does_not_exist(client: WorkerClient, gguf: Path, tmp_path: Path) -> None:
    params = {"source": str(gguf), "destination": str(tmp_path / "models" / "mine"), "mode": "steal"}
    with pytest.raises(IndoorsError, match="mode"):
        await client.call("import", params)
    with pytest.raises(UsageError, match="neither be moved nor linked"):
        await client.call("import", {**params, "mode": "link"})
