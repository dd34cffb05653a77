"""Examining and importing without the worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.graph.examine import examine
from app.graph.model_parts import Identity
from app.graph.plan import Target
from app.graph.quantize import Quantization
from app.manifest import Manifest
from app.progress import silent

Import = Callable[..., Manifest]


@pytest.fixture
def bring_in(tmp_path: Path) -> Import:
    """Import a source as `tmp_path/NAME`."""

    def run(source: Path, name: str, quantization: Quantization | None = None) -> Manifest:
        found = examine(source, quantization, "1.32.0")
        found.checks.require_passed()
        assert found.plan is not None
        target = Target(tmp_path / name, Identity(name, "", str(source)))
        return found.plan.carry_out(target, silent, lambda: False)

    return run
