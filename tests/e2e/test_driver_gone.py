"""The graphics driver goes away while it computes: a sentence, the memory back, and the processor goes on.

Between the Vulkan loader and SwiftShader stands a driver that loses its device when it is told to.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.errors import DeviceFailed
from app.paths import guide
from app.process.messages import Event
from app.worker.client import WorkerClient
from tests.support import webgpu

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(webgpu.missing()), reason=webgpu.missing()),
    pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler"),
]
# Vulkan's interface between loader and drivers, version 5; VK_ERROR_DEVICE_LOST is -4.
DRIVER = """
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
typedef void (*Function)(void);
typedef Function (*Find)(void *, const char *);
static Find find_in_device;
static int (*submit)(void *, unsigned, const void *, void *);
static void *below(const char *name) {
  static void *library;
  if (!library) library = dlopen(getenv("DRIVER_BELOW"), RTLD_NOW);
  return dlsym(library, name);
}
static int submit_or_lose(void *queue, unsigned count, const void *work, void *fence) {
  return access(getenv("DRIVER_GONE"), F_OK) ? submit(queue, count, work, fence) : -4;
}
static Function of_device(void *device, const char *name) {
  Function found = find_in_device(device, name);
  if (strcmp(name, "vkQueueSubmit")) return found;
  submit = (void *)found;
  return (Function)submit_or_lose;
}
Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  Function found = ((Find)below("vk_icdGetInstanceProcAddr"))(instance, name);
  if (strcmp(name, "vkGetDeviceProcAddr")) return found;
  find_in_device = (void *)found;
  return (Function)of_device;
}
Function vk_icdGetPhysicalDeviceProcAddr(void *instance, const char *name) {
  return ((Find)below("vk_icdGetPhysicalDeviceProcAddr"))(instance, name);
}
int vk_icdNegotiateLoaderICDInterfaceVersion(unsigned *version) {
  return ((int (*)(unsigned *))below("vk_icdNegotiateLoaderICDInterfaceVersion"))(version);
}
"""
LOAD: Mapping[str, Any] = {"model": str(guide()), "device": "webgpu", "context": 256}


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that, once it is there, lets the driver lose its device."""
    (tmp_path / "driver.c").write_text(DRIVER, encoding="ascii")
    library, description = tmp_path / "driver.so", tmp_path / "driver.json"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "driver.c", "-ldl"], check=True)
    real = webgpu.environment()
    below = Path(real["VK_ICD_FILENAMES"]).with_name("libvk_swiftshader.so")
    icd = {"library_path": str(library), "api_version": "1.0.5"}
    description.write_text(json.dumps({"file_format_version": "1.0.0", "ICD": icd}), encoding="utf-8")
    told = {"DRIVER_BELOW": below, "DRIVER_GONE": tmp_path / "gone", "VK_ICD_FILENAMES": description}
    for name, value in {**real, **told}.items():
        monkeypatch.setenv(name, str(value))
    return tmp_path / "gone"


@pytest.fixture
async def client(tmp_path: Path, gone: Path) -> AsyncIterator[WorkerClient]:
    async with WorkerClient(tmp_path / "home") as opened:
        yield opened


def question(device: str) -> dict[str, Any]:
    load = {**LOAD, "device": device}
    return {"input": "Hello", "max_output_tokens": 24, "indoors": {"load": load}}


async def private_bytes(client: WorkerClient) -> int:
    return int((await client.call("status"))["memory"]["private_bytes"])


async def test_in_the_middle_of_an_answer(client: WorkerClient, gone: Path) -> None:
    """Then a load there fails in words too, and the processor answers in the same worker."""
    await client.call("load", LOAD)
    heard: list[Event] = []

    def lose(event: Event) -> None:
        heard.append(event)
        if event.name.endswith(".delta"):
            gone.touch()

    with pytest.raises(DeviceFailed) as lost:
        await client.call("respond", question("webgpu"), lose)
    assert heard[-1].name == "response.failed"
    assert "graphics driver" in lost.value.message
    assert "--device cpu" in lost.value.hint
    assert "\n" not in str(lost.value)
    with pytest.raises(DeviceFailed):
        await client.call("load", {**LOAD, "context": 128})
    await client.call("unload")
    idle = await private_bytes(client)
    done = await client.call("respond", question("cpu"))
    assert done["device"] == "cpu"
    await client.call("unload")
    assert await private_bytes(client) < idle + (32 << 20)


async def test_a_driver_that_is_there_no_more(client: WorkerClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was found by the survey, and is taken away before the load."""
    monkeypatch.setenv("VK_ICD_FILENAMES", "/nowhere/icd.json")
    with pytest.raises(DeviceFailed) as missing:
        await client.call("load", LOAD)
    assert "no graphics adapter" in missing.value.message
    assert "--device cpu" in missing.value.hint
    assert (await client.call("respond", question("cpu")))["device"] == "cpu"
