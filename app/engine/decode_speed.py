"""How fast a loaded model writes, in a moment."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from app.engine.decoding import LogitsSource
from app.engine.generate import Generation, Limits
from app.engine.sampler import Sampling, build_sampler
from app.errors import Cancelled
from app.progress import Progress

_FIRST = 3
_LEAST, _MOST = 4, 128
_PHASE = "measure"


def decode_speed(
    decoder: LogitsSource,
    context: int,
    vocabulary: int,
    seconds: float,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> float:
    """Tokens a second of decoding from an empty cache, which it leaves empty.

    The first tokens are not counted: kernels are still being made for them.

    Args:
        decoder: computes.
        context: the most tokens it holds.
        vocabulary: number of logits.
        seconds: how long it may take; the first tokens and a few more are computed in any case.
        progress: hears "measure" with the milliseconds that are over.
        cancelled: asked between tokens and from another thread.

    Raises:
        InferenceFailed: a kernel failed.
        Cancelled: it was.
    """
    decoder.cache.truncate(0)
    sampler = build_sampler(Sampling(temperature=0.0), vocabulary, ())
    generation = Generation(decoder, sampler, Limits(context, _FIRST + _MOST, frozenset()), cancelled)
    started, counted, since = perf_counter(), -_FIRST, perf_counter()
    whole = round(1000 * seconds)
    progress(_PHASE, 0, whole)
    for _ in generation.run([0], lambda *_: None):
        counted += 1
        if counted == 0:
            since = perf_counter()
        progress(_PHASE, min(round(1000 * (perf_counter() - started)), whole), whole)
        if counted >= _LEAST and perf_counter() - started > seconds:
            break
    if cancelled():
        raise Cancelled("Measuring was cancelled.")
    progress(_PHASE, whole, whole)  # a context may be full before the time is over
    decoder.cache.truncate(0)
    return max(counted, 1) / (perf_counter() - since)
