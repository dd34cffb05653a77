"""Loading a decoder of fixed shapes: weights to the device, then sessions over them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app import __version__
from app.engine.bucketed.decoder import BucketedDecoder
from app.engine.bucketed.device import GraphDevice
from app.engine.bucketed.sessions import Sessions, Weights
from app.engine.providers.provider import Provider
from app.graph.directml.adapt import DirectmlModel, adapt_for_directml
from app.graph.directml.bucket import Bucket
from app.graph.layout import ModelFolder
from app.memory_plan import DEVICE_CHUNK
from app.progress import Progress


def adapt_for(folder: ModelFolder, provider: Provider, *, exact: bool) -> DirectmlModel:
    """The graphs a provider of fixed shapes computes; errors as in `adapt_for_directml`.

    Args:
        folder: the model.
        provider: what computes them.
        exact: in the published types; else activations are fp16, whatever is published.
    """
    dtype = None if exact else np.dtype(np.float16)
    return adapt_for_directml(folder, provider.version, __version__, dtype)


def load_decoder(
    model: DirectmlModel,
    provider: Provider,
    context: int,
    threads: int,
    progress: Progress,
    cancelled: Callable[[], bool],
    recent: int = DEVICE_CHUNK,
) -> BucketedDecoder:
    """Bring a decoder to its device.

    Args:
        model: its graphs.
        provider: what computes them.
        context: the most tokens it will ever hold.
        threads: that look up embeddings.
        progress: hears "load" with the weights that are there.
        cancelled: asked before each weight.
        recent: slots of the recent cache.

    Raises:
        Cancelled: the user stopped it.
        ModelError: a graph is not taken, or a file cannot be read.
        InferenceFailed: the memory does not hold it, or the device fails.
        StorageError: the disk refused.
    """
    device = GraphDevice(provider)
    weights = Weights(model, device)
    graphs = (model.head(), model.body(Bucket(1, recent, recent)))
    needed = {weight.name: weight for graph in graphs for weight in graph.weights}
    weights.load(needed, progress, cancelled)
    sessions = Sessions(model, device, threads)
    return BucketedDecoder(model, sessions, weights, device, context, recent)
