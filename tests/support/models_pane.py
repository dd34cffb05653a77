"""The models pane as its tests look at it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from app import manifest as manifests
from app.errors import IndoorsError
from app.manifest import Manifest
from app.paths import Paths
from app.ui.connections import Connections
from app.ui.models.pane import ModelsPane
from app.ui.models.services import Services
from tests.support.hub_repositories import content

FILES = {
    "config.json": b'{"model_type": "llama"}',
    "LICENSE": b"Apache License 2.0",
    "onnx/model.onnx": content(60_000, 1),
    "onnx/model.onnx_data": content(2_000_000, 2),
}


@dataclass
class Parts:
    """The pane and what works behind it."""

    pane: ModelsPane
    services: Services
    connections: Connections
    told: list[IndoorsError]

    async def until(self, true: Callable[[], bool], seconds: float = 30.0) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not true():
            assert asyncio.get_running_loop().time() < deadline, self.problem()
            await asyncio.sleep(0.02)

    def problem(self) -> str:
        """The sentence at the top of the pane; empty when there is none."""
        notice = next(text for text in self.pane.findChildren(QLabel) if text.accessibleName() == "Problem")
        return notice.text() if not notice.isHidden() else ""


def install(places: Paths, model_id: str, **facts: object) -> Path:
    """Put a model into the home."""
    folder = places.models / model_id
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"x" * 2_000_000)
    known = {"parameters": 20_900_000_000, "context_length": 131_072, "licence": "Apache-2.0", **facts}
    record = manifests.record_files(folder)
    manifests.write(folder, Manifest(model_id, model_id.title(), "test", files=record, **known))  # type: ignore[arg-type]
    return folder


async def filled(pane: QWidget) -> QWidget:
    """A pane once it shows all that it has; the models pane makes its cards a few at a time."""
    if isinstance(pane, ModelsPane):
        await pane.refresh()
    return pane


def words_of(root: QWidget) -> str:
    """Everything that is written on what is shown."""
    said = " ".join(text.text() for text in root.findChildren(QLabel) if text.isVisibleTo(root))
    return said.replace("\u200b", "")
