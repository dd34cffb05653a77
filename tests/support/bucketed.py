"""Decoders of fixed shapes on the processor, and what they compute."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engine.bucketed.decoder import BucketedDecoder
from app.engine.bucketed.load import adapt_for, load_decoder
from app.engine.providers.provider import Processor
from app.engine.runtime import RunOptions
from app.graph.layout import open_folder
from app.progress import silent

RUNTIME = "1.24.4"


def load(folder: Path, *, exact: bool = True, context: int = 96, recent: int = 16) -> BucketedDecoder:
    """A decoder with a small cache."""
    provider = Processor(version=RUNTIME)
    model = adapt_for(open_folder(folder), provider, exact=exact)
    return load_decoder(model, provider, context, 2, silent, lambda: False, recent)


def logits(decoder: BucketedDecoder, ids: Sequence[int], chunks: Sequence[int]) -> NDArray[np.float32]:
    """Logits behind each chunk, [chunks, vocabulary]."""
    rows, past = [], 0
    for chunk in chunks:
        rows.append(decoder.compute(ids[past : past + chunk], RunOptions()).astype(np.float32))
        past += chunk
    return np.stack(rows)
