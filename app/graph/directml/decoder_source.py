"""A published decoder that graphs are made from, and a graph that was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from app.graph.directml.attention_node import OPERATOR, Attention, read_attention
from app.graph.directml.cut import Cut
from app.graph.directml.device_weight import DeviceWeight
from app.graph.directml.exact import exact_values
from app.graph.index import GraphIndex
from app.graph.interface import GraphInterface, KvLayer


@dataclass(frozen=True)
class Graph:
    """One graph.

    Attributes:
        model: complete; nothing of it lies in other files.
        weights: its inputs that lie on the device, in order.
    """

    model: onnx.ModelProto
    weights: tuple[DeviceWeight, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of all inputs."""
        return tuple(value.name for value in self.model.graph.input)

    @property
    def node_bytes(self) -> dict[str, int]:
        """Bytes of weights that each node reads, by its name; what only takes a part of them aside."""
        sizes = {weight.name: weight.bytes for weight in self.weights}
        return {node.name: sum(sizes.get(name, 0) for name in node.input) for node in self.model.graph.node}


@dataclass(frozen=True)
class DecoderSource:
    """A published graph and what is to become of it.

    Attributes:
        index: of the published graph.
        interface: of the published graph.
        parts: where it is cut.
        folder: where its external data start from.
        dtype: of activations on the device.
        version: of the application.
    """

    index: GraphIndex
    interface: GraphInterface
    parts: Cut
    folder: Path
    dtype: np.dtype[Any]
    version: str

    def attentions(self) -> Iterator[tuple[Attention, KvLayer]]:
        """Every attention with its cache."""
        layers = {layer.past_key: layer for layer in self.interface.layers}
        for node in self.parts.body:
            if node.op_type == OPERATOR:
                yield read_attention(node, layers[node.input[3]]), layers[node.input[3]]

    @cached_property
    def windows(self) -> list[int]:
        """Every length of a window there is."""
        return sorted({attention.window for attention, _ in self.attentions() if attention.window})

    @cached_property
    def exact(self) -> frozenset[str]:
        """What is computed in fp32 whatever `dtype` is."""
        return exact_values(self.index, self.parts)
