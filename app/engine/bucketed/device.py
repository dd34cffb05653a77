"""The device that graphs of fixed shapes compute on, and its memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from app.engine.failures import explain_load
from app.engine.providers.provider import Provider
from app.engine.runtime import CPU, InferenceSession, IOBinding, OrtValue, SessionOptions

_SILENT = 4  # what fails is raised as well
_DATA_FOLDER = "session.model_external_initializers_file_folder_path"


@dataclass(frozen=True)
class GraphDevice:
    """Where sessions compute and tensors lie.

    Attributes:
        provider: what computes.
    """

    provider: Provider

    @property
    def _memory(self) -> tuple[str, int]:
        """What onnxruntime calls the device's memory."""
        return self.provider.memory or "cpu", self.provider.number

    def put(self, values: NDArray[Any]) -> OrtValue:
        """A tensor in the device's memory."""
        return OrtValue.ortvalue_from_numpy(values, *self._memory)

    def zeros(self, shape: Sequence[int], dtype: np.dtype[Any]) -> OrtValue:
        """A tensor of zeros."""
        return self.put(np.zeros(shape, dtype))

    def session(self, model: onnx.ModelProto, path: Path) -> InferenceSession:
        """A session over a complete graph.

        Args:
            model: the graph.
            path: the published graph's file, for errors.

        Raises:
            ModelError: onnxruntime does not take it.
            InferenceFailed: the memory does not hold it.
        """
        options = _options()
        with explain_load(path):
            providers = self.provider.equip(options, ())
            return InferenceSession(
                model.SerializeToString(), options, providers=providers, enable_fallback=0
            )

    def keep(self, binding: IOBinding, name: str) -> None:
        """Let a run make an output in the device's memory."""
        binding.bind_output(name, *self._memory)


def processor_session(model: onnx.ModelProto, folder: Path, path: Path, threads: int) -> InferenceSession:
    """A session on the processor over a graph whose weights lie in files.

    Args:
        model: the graph.
        folder: where its external data start from.
        path: the published graph's file, for errors.
        threads: that compute.

    Raises:
        ModelError: onnxruntime does not take it.
        InferenceFailed: the memory does not hold it.
    """
    options = _options()
    options.intra_op_num_threads = threads
    options.add_session_config_entry(_DATA_FOLDER, str(folder))
    with explain_load(path):
        return InferenceSession(model.SerializeToString(), options, providers=[CPU], enable_fallback=0)


def _options() -> SessionOptions:
    options = SessionOptions()
    options.log_severity_level = _SILENT
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    return options
