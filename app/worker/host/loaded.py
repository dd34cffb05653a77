"""The model that is loaded: one at most."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.engine.channels import Channel
from app.engine.engine import Engine, LoadOptions
from app.engine.harmony import speaks_harmony
from app.errors import ModelNotFound
from app.graph.coreml_share import coreml_share
from app.graph.header import read_header
from app.paths import Paths
from app.progress import Progress
from app.respond.fields import Fields, invalid
from app.respond.preset import preset_sampling
from app.worker.host.memory import PeakMemory

_EFFORTS = ("low", "medium", "high")
_LARGEST = 1 << 24
_SAMPLING = ("temperature", "top_p", "top_k", "min_p", "repetition_penalty")
_COREML = "coreml"
_MEASURED_SECONDS = 2.0
_THINK = "<think>"


@dataclass(frozen=True)
class LoadRequest:
    """Which model to load, and how.

    Attributes:
        model: its folder.
        options: for the engine.
        measured: let it write for a moment once it is loaded.
    """

    model: Path
    options: LoadOptions
    measured: bool = field(default=False, compare=False)


def read_load(fields: Fields) -> LoadRequest:
    """Read the params of `load`, or the `indoors.load` of another request.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    measured = fields.flag("measure") or False
    return LoadRequest(read_folder(fields, "model"), read_options(fields), measured)


def read_options(fields: Fields) -> LoadOptions:
    """Read how to load a model; zero and null leave the choice to the engine.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    return LoadOptions(
        context=fields.whole("context", 0, _LARGEST) or None,
        device=fields.text("device") or "auto",
        exact=fields.flag("exact") or False,
        threads=fields.whole("threads", 0, _LARGEST) or None,
        guarded=not fields.flag("unguarded"),
    )


def read_folder(fields: Fields, key: str) -> Path:
    """Read a field that names a folder.

    Raises:
        RequestError: it is missing, or no text.
    """
    value = fields.text(key)
    if not value:
        raise invalid(fields.name(key), "is missing: give a folder")
    return Path(value)


class LoadedModel:
    """Keeps the engine, and replaces it when another model is wanted.

    Args:
        places: where adapted graphs are kept.
    """

    def __init__(self, places: Paths) -> None:
        self._cache = places.cache
        self._request: LoadRequest | None = None
        self._engine: Engine | None = None
        self._described: Mapping[str, Any] | None = None
        self.peak = PeakMemory()

    @property
    def description(self) -> Mapping[str, Any] | None:
        """What is loaded, and what its cache takes now; None when nothing is. Any thread may ask."""
        engine, described = self._engine, self._described
        if engine is None or described is None:
            return None
        return {**described, "kv_bytes": engine.kv_bytes}

    def engine(self) -> Engine:
        """The loaded model.

        Raises:
            ModelNotFound: there is none.
        """
        if self._engine is None:
            raise ModelNotFound("No model is loaded.", "Load one first.")
        return self._engine

    def load(
        self, request: LoadRequest, progress: Progress, cancelled: Callable[[], bool]
    ) -> Mapping[str, Any]:
        """Load a model unless it is loaded just so already; the one before it is let go first.

        Returns:
            What is loaded: model, device, context_length, load_s, channels, efforts, placement,
            peak_memory_bytes, kv_bytes.

        Raises:
            IndoorsError: whatever the engine says; no model is loaded then.
        """
        found = self.description
        if found is None or request != self._request:
            self.unload()
            self.peak.reset()
            with self.peak.watched():
                self._engine = Engine.load(request.model, request.options, self._cache, progress, cancelled)
            self._request = request
            self._described = _describe(self._engine) | {"peak_memory_bytes": self.peak.bytes}
            if request.options.device == _COREML:
                share = coreml_share(read_header(self._engine.folder.graph))
                self._described = {**self._described, "coreml": asdict(share)}
            found = {**self._described, "kv_bytes": self._engine.kv_bytes}
        if request.measured:
            speed = self.engine().measure_speed(_MEASURED_SECONDS, progress, cancelled)
            found = {**found, "tokens_per_s": speed}
        return found

    def unload(self) -> None:
        """Let the model go."""
        if self._engine is not None:
            self._engine.close()
        self._engine = self._request = self._described = None
        gc.collect()


def _describe(engine: Engine) -> dict[str, Any]:
    has_efforts = "reasoning_effort" in (engine.folder.chat_template or "")
    return {
        "model": str(engine.folder.root),
        "device": engine.device,
        "context_length": engine.context_length,
        "longest_context": engine.longest_context,
        "load_s": engine.load_seconds,
        "channels": _channels(engine),
        "efforts": list(_EFFORTS) if has_efforts else [],
        "sampling": _sampling(engine),
        "placement": {name: share.to_json() for name, share in engine.placement.items()},
    }


def _sampling(engine: Engine) -> dict[str, float]:
    """How the model wants to be sampled where a request does not say."""
    preset = asdict(preset_sampling(engine.folder.generation))
    return {name: preset[name] for name in _SAMPLING}


def _channels(engine: Engine) -> list[str]:
    """The channels its answers can have: a model without them may still think between tags."""
    if speaks_harmony(engine.tokenizer):
        return [str(channel) for channel in Channel]
    thinks = _THINK in (engine.folder.chat_template or "") or engine.tokenizer.special_id(_THINK)
    return [str(Channel.ANALYSIS), str(Channel.FINAL)] if thinks else [str(Channel.FINAL)]
