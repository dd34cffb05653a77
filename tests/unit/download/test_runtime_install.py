"""Installing a runtime: a wheel where pip looks for packages, whole, or one that lies."""

from __future__ import annotations

import base64
import hashlib
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from app import runtimes
from app.download.host.runtime_install import install
from app.download.protocol import NetworkSettings
from app.download.sources.connections import Connections
from app.download.sources.pip import Pip
from app.errors import (
    Cancelled,
    ChecksumMismatch,
    ModelDamaged,
    Offline,
    RefusedByHost,
    UnsafeModel,
    UsageError,
)
from app.paths import Paths
from app.runtimes import CPU, DIRECTML, WEBGPU, Condition

FILES = {"onnxruntime_ep_webgpu/__init__.py": b"x = 1\n", "onnxruntime_ep_webgpu/lib.so": b"\x7fELF" * 1000}
INFO = "onnxruntime_ep_webgpu-0.4.2.dist-info"


@pytest.fixture
def index(tmp_path, monkeypatch):
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return folder


@pytest.fixture
def places(tmp_path) -> Paths:
    return Paths(tmp_path / "home")


def pip(*, offline: bool = False) -> Pip:
    return Pip(Connections(NetworkSettings(offline=offline), 10))


def publish(
    index: Path, files: Mapping[str, bytes] = FILES, listed: Mapping[str, bytes] | None = None
) -> None:
    """A wheel; RECORD tells the checksums of `listed`."""
    rows = [f"{path},{checksum(content)},{len(content)}" for path, content in (listed or files).items()]
    with zipfile.ZipFile(index / "onnxruntime_ep_webgpu-0.4.2-py3-none-any.whl", "w") as wheel:
        for path, content in files.items():
            wheel.writestr(path, content)
        wheel.writestr(
            f"{INFO}/METADATA", "Metadata-Version: 2.1\nName: onnxruntime-ep-webgpu\nVersion: 0.4.2\n"
        )
        wheel.writestr(f"{INFO}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{INFO}/RECORD", "\n".join([*rows, f"{INFO}/RECORD,,"]))


def checksum(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
    return f"sha256={digest.decode()}"


def installed(places: Paths, **more: str) -> runtimes.Installed:
    return install(WEBGPU, places, pip(), more.get("platform", ""), lambda: False)


def test_a_whole_wheel(index, places) -> None:
    publish(index)
    assert installed(places).version == "0.4.2"
    found = runtimes.verify(places, WEBGPU)
    assert (found.condition, found.version) == (Condition.INSTALLED, "0.4.2")
    assert (places.runtime("webgpu") / "onnxruntime_ep_webgpu" / "lib.so").stat().st_size == 4000
    assert [path.name for path in places.runtime("webgpu").parent.iterdir()] == ["webgpu"]


def test_it_takes_the_place_of_the_one_before(index, places) -> None:
    publish(index)
    installed(places)
    (places.runtime("webgpu") / "left over").write_text("", encoding="utf-8")
    installed(places)
    assert not (places.runtime("webgpu") / "left over").exists()


@pytest.mark.parametrize(
    ("files", "listed", "error"),
    [
        (FILES, {**FILES, "onnxruntime_ep_webgpu/lib.so": b"other"}, ChecksumMismatch),
        (FILES, {**FILES, "onnxruntime_ep_webgpu/absent.so": b"x"}, ModelDamaged),
        ({**FILES, "../evil.py": b"x"}, {**FILES, "../evil.py": b"x"}, UnsafeModel),
        ({"other/__init__.py": b""}, None, ModelDamaged),
    ],
)
def test_a_wheel_that_lies_leaves_nothing_behind(index, places, files, listed, error) -> None:
    publish(index, files, listed)
    with pytest.raises(error):
        installed(places)
    assert list(places.runtime("webgpu").parent.iterdir()) == []


def test_what_the_index_lacks_is_named(index, places) -> None:
    with pytest.raises(RefusedByHost, match="onnxruntime-ep-webgpu"):
        installed(places)


def test_offline_nothing_is_attempted(index, places) -> None:
    publish(index)
    with pytest.raises(Offline):
        install(WEBGPU, places, pip(offline=True), "", lambda: False)


def test_cancelling_leaves_nothing_behind(index, places) -> None:
    publish(index)
    with pytest.raises(Cancelled):
        install(WEBGPU, places, pip(), "", lambda: True)
    assert list(places.runtime("webgpu").parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="DirectML is for Windows")
def test_what_cannot_be_installed_here(index, places) -> None:
    with pytest.raises(UsageError, match="does not exist for this system"):
        install(DIRECTML, places, pip(), "", lambda: False)
    with pytest.raises(UsageError, match="The program carries"):
        install(CPU, places, pip(), "", lambda: False)
    with pytest.raises(UsageError, match="no platform"):
        installed(places, platform="amiga")
