"""The sessions of one decoder: some for all sizes of the cache, some for the present one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.engine.bucketed.device import GraphDevice, processor_session
from app.engine.failures import explain_load
from app.engine.runtime import InferenceSession, OrtValue
from app.errors import Cancelled
from app.graph.directml.adapt import DirectmlModel
from app.graph.directml.bucket import Bucket
from app.graph.directml.decoder_source import Graph
from app.graph.directml.device_weight import DeviceWeight
from app.progress import Progress


@dataclass(frozen=True)
class GraphSession:
    """A session over a graph.

    Attributes:
        session: the session.
        inputs: names of all inputs.
        weights: names of those that lie on the device for good.
        node_bytes: of weights that each node reads, by its name.
    """

    session: InferenceSession
    inputs: tuple[str, ...]
    weights: tuple[str, ...]
    node_bytes: Mapping[str, int]


class Weights:
    """The weights on the device, each there once.

    Args:
        model: where they come from.
        device: where they go.
    """

    def __init__(self, model: DirectmlModel, device: GraphDevice) -> None:
        self._model, self._device = model, device
        self._values: dict[str, OrtValue] = {}

    def __getitem__(self, name: str) -> OrtValue:
        return self._values[name]

    def load(
        self, weights: Mapping[str, DeviceWeight], progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        """Put weights on the device.

        Args:
            weights: by name.
            progress: hears "load" with their number.
            cancelled: asked before each.

        Raises:
            Cancelled: it was.
            NotEnoughMemory: the device does not hold them.
            ModelDamaged, StorageError: a file cannot be read.
        """
        progress("load", 0, len(weights))
        for number, (name, weight) in enumerate(weights.items()):
            if cancelled():
                raise Cancelled("Loading was cancelled.")
            values = self._model.read(weight)
            with explain_load(self._model.path):
                self._values[name] = self._device.put(values)
            progress("load", number + 1, len(weights))


class Sessions:
    """Makes sessions, and keeps those of the present bucket.

    Args:
        model: whose.
        device: where they compute.
        threads: that look up embeddings.
    """

    def __init__(self, model: DirectmlModel, device: GraphDevice, threads: int) -> None:
        self._model, self._device = model, device
        self.embedding = processor_session(model.embedding(), model.data_folder, model.path, threads)
        self.head = self._graph(model.head())
        self.decode: GraphSession | None = None
        self.prefill: GraphSession | None = None
        self.appends: dict[tuple[int, int], InferenceSession] = {}

    def open(self, capacity: int, recent: int) -> None:
        """Make the sessions for a size of the cache; those of another size are given up."""
        self.decode = self.prefill = None
        self.appends.clear()
        one = Bucket(1, capacity, recent)
        self.decode = self._graph(self._model.body(one))
        if self._model.prefills:
            self.prefill = self._graph(self._model.body(Bucket(recent, capacity, recent)))
        for layer in self._model.interface.layers:
            size = (layer.heads, layer.head_dim)
            if size not in self.appends:
                graph = self._model.append(one, *size)
                self.appends[size] = self._device.session(graph, self._model.path)

    def placed(self) -> Iterator[tuple[InferenceSession, Mapping[str, int]]]:
        """The sessions of one token, with the bytes of weights that their nodes read."""
        yield self.embedding, {}
        for graph in (self.decode, self.head):
            if graph is not None:
                yield graph.session, graph.node_bytes
        yield from ((session, {}) for session in self.appends.values())

    def _graph(self, graph: Graph) -> GraphSession:
        names = tuple(weight.name for weight in graph.weights)
        session = self._device.session(graph.model, self._model.path)
        return GraphSession(session, graph.inputs, names, graph.node_bytes)
