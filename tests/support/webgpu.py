"""WebGPU in software: SwiftShader, which Debian's chromium-common carries, in a process of its own.

SwiftShader reads how many threads it may use from the working folder. One thread runs the workgroups of a
dispatch in order, as graphics adapters begin them; several do not, and then QMoE is wrong for several tokens
(`app.graph.conformance_rules`).

    python -m tests.support.webgpu JOBS.json   # [{"folder", "chunks", "ids", "cache"}]; writes JOBS.npz
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import IndoorsError

_PATIENCE_SECONDS = 280
ROOT = Path(__file__).parents[2]
_DRIVERS = (
    Path("/usr/lib/chromium/vk_swiftshader_icd.json"),
    Path("/usr/lib/chromium-browser/vk_swiftshader_icd.json"),
)


@dataclass(frozen=True)
class Job:
    """Logits to compute.

    Attributes:
        folder: of the model.
        ids: tokens.
        chunks: how many are computed at once; they add up. Empty: as many as the engine does.
        exact: without rounding activations.
    """

    folder: str
    ids: Sequence[int]
    chunks: Sequence[int]
    exact: bool = True


def missing() -> str:
    """Why WebGPU cannot be tested here; empty when it can."""
    if find_spec("onnxruntime_ep_webgpu") is None:
        return "onnxruntime-ep-webgpu is not installed"
    if _driver() is None:
        return "there is no SwiftShader: apt-get install chromium-common"
    try:
        ctypes.CDLL("libvulkan.so.1")
    except OSError:
        return "there is no Vulkan loader: apt-get install libvulkan1"
    return ""


def environment() -> dict[str, str]:
    """What lets WebGPU compute in software."""
    return {
        **os.environ,
        "VK_ICD_FILENAMES": str(_driver()),
        "ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER": "1",
        "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", "/tmp"),
    }


def in_order(folder: Path) -> None:
    """Let a process that works in a folder run workgroups one after the other."""
    (folder / "SwiftShader.ini").write_text("[Processor]\nThreadCount=1\n", encoding="ascii")


def compute(jobs: Mapping[str, Job], work: Path) -> Mapping[str, NDArray[np.float32] | str]:
    """Logits [chunks, vocabulary] behind the last token of each chunk, or the error, by the job's name.

    Args:
        jobs: what to compute.
        work: an empty folder.
    """
    in_order(work)
    (work / "jobs.json").write_text(json.dumps({name: asdict(job) for name, job in jobs.items()}))
    line = [sys.executable, "-m", "tests.support.webgpu", str(work)]
    together = {**environment(), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        line, cwd=work, env=together, capture_output=True, text=True, timeout=_PATIENCE_SECONDS
    )
    assert done.returncode == 0, done.stderr
    with np.load(work / "logits.npz") as found:
        return {**json.loads((work / "errors.json").read_text()), **found}


def logits(device: str, job: Job, cache: Path) -> NDArray[np.float32]:
    """What the app's own engine computes on a device."""
    from app.engine.loaded_graph import LoadOptions, load_graph
    from app.engine.runtime import RunOptions
    from app.progress import silent

    options = LoadOptions(device=device, exact=job.exact, threads=2)
    decoder = load_graph(Path(job.folder), options, cache, silent, lambda: False).decoder
    step = max(1, min(decoder.chunk, 16))
    places = np.cumsum([0, *(job.chunks or [step] * (len(job.ids) // step))])
    found = [decoder.compute(job.ids[a:b], RunOptions()).astype(np.float32) for a, b in pairwise(places)]
    return np.array(found)


def _driver() -> Path | None:
    return next((path for path in _DRIVERS if path.is_file()), None)


def main(work: Path) -> None:
    """Do the jobs of a folder."""
    jobs: dict[str, Any] = json.loads((work / "jobs.json").read_text())
    found, errors = {}, {}
    for name, job in jobs.items():
        try:
            found[name] = logits("webgpu", Job(**job), work / "cache")
        except IndoorsError as error:
            errors[name] = f"{error.code}: {error}"
    np.savez(work / "logits.npz", **found)
    (work / "errors.json").write_text(json.dumps(errors))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
