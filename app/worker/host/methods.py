"""What the worker does when it is asked: one function a method."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.paths import Paths
from app.process.host.job import Handler, Job
from app.progress import Progress
from app.respond.answer import answer
from app.respond.fields import Fields, invalid
from app.respond.preset import preset_sampling
from app.respond.prompt import render_prompt
from app.respond.request import read_request
from app.worker.host.bench import bench
from app.worker.host.importing import examine_source, import_source
from app.worker.host.loaded import LoadedModel, read_load
from app.worker.protocol import PROGRESS, TOKENS, Method

_PROGRESS_SECONDS = 0.1


class Methods:
    """The queued methods, around the one loaded model.

    Args:
        places: the app's directories.
    """

    def __init__(self, places: Paths) -> None:
        self._places = places
        self._model = LoadedModel(places)

    def handlers(self) -> Mapping[str, Handler]:
        """Which function does which method."""
        return {
            Method.LOAD: self._load,
            Method.RESPOND: self._respond,
            Method.RENDER: self._render,
            Method.TOKENIZE: self._tokenize,
            Method.SPELL: self._spell,
            Method.EXAMINE: self._examine,
            Method.IMPORT: self._import,
            Method.BENCH: self._bench,
            Method.UNLOAD: self._unload,
        }

    def loaded(self) -> Mapping[str, Any] | None:
        """The model that is loaded, if one is."""
        return self._model.description

    def _load(self, job: Job) -> Mapping[str, Any]:
        return self._model.load(read_load(Fields(job.request.params)), _progress(job), job.cancelled)

    def _ensure_loaded(self, job: Job) -> None:
        wanted = Fields(job.request.params).inner("indoors").inner("load")
        if wanted.values:
            self._model.load(read_load(wanted), _progress(job), job.cancelled)

    def _respond(self, job: Job) -> Mapping[str, Any]:
        request = read_request(job.request.params)
        self._ensure_loaded(job)
        engine = self._model.engine()
        request = request.with_preset(preset_sampling(engine.folder.generation))

        def hear(ids: list[int]) -> None:
            if request.tells_tokens:
                job.emit(TOKENS, {"token_ids": ids})

        with self._model.peak.watched():
            outcome = answer(engine, request, job.emit, _progress(job), job.cancelled, hear)
        data = {
            "usage": outcome.usage.value(),
            "timings": outcome.timings(),
            "device": engine.device,
            "peak_memory_bytes": self._model.peak.bytes,
            "left_out_turns": outcome.left_out,
        }
        if request.token_ids:
            data |= {"prompt_token_ids": outcome.prompt_ids, "output_token_ids": outcome.output_ids}
        return data

    def _render(self, job: Job) -> Mapping[str, Any]:
        request = read_request(job.request.params)
        self._ensure_loaded(job)
        engine = self._model.engine()
        prompt = render_prompt(request, engine.tokenizer, engine.template, date.today())
        return {"text": prompt.text, "token_ids": prompt.token_ids}

    def _spell(self, job: Job) -> Mapping[str, Any]:
        fields = Fields(job.request.params)
        ids = fields.list_of("token_ids")
        if not all(isinstance(token_id, int) for token_id in ids):
            raise invalid("token_ids", "must be a list of whole numbers")
        self._ensure_loaded(job)
        tokenizer = self._model.engine().tokenizer
        whole = b"".join(map(tokenizer.token_bytes, ids)).decode("utf-8", errors="replace")
        return {"texts": [tokenizer.token_text(token_id) for token_id in ids], "text": whole}

    def _tokenize(self, job: Job) -> Mapping[str, Any]:
        fields = Fields(job.request.params)
        texts = fields.list_of("texts")
        if not all(isinstance(text, str) for text in texts):
            raise invalid("texts", "must be a list of texts")
        self._ensure_loaded(job)
        tokenizer = self._model.engine().tokenizer
        return {"counts": [len(tokenizer.encode(text)) for text in texts]}

    def _examine(self, job: Job) -> Mapping[str, Any]:
        return examine_source(Fields(job.request.params))

    def _import(self, job: Job) -> Mapping[str, Any]:
        self._model.unload()
        return import_source(Fields(job.request.params), self._places, _progress(job), job.cancelled)

    def _bench(self, job: Job) -> Mapping[str, Any]:
        self._model.unload()
        return bench(Fields(job.request.params), self._places, _progress(job), job.cancelled)

    def _unload(self, _: Job) -> Mapping[str, Any]:
        self._model.unload()
        return {}


def _progress(job: Job) -> Progress:
    """Tell how far a job is: each phase's beginning and end, and at most ten times a second between."""
    last_phase, last_time = "", 0.0

    def report(phase: str, done: int, total: int) -> None:
        nonlocal last_phase, last_time
        now = time.monotonic()
        if phase == last_phase and done < total and now - last_time < _PROGRESS_SECONDS:
            return
        last_phase, last_time = phase, now
        job.emit(PROGRESS, {"phase": phase, "done": done, "total": total})

    return report
