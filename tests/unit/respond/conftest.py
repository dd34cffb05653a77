"""What the tests of this room share."""

from __future__ import annotations

import pytest

from app.engine.engine import Engine, LoadOptions
from app.engine.tokenizer import Tokenizer
from app.progress import silent
from tests.support.worker import harmony_tokenizer


@pytest.fixture(scope="session")
def tokenizer():
    return Tokenizer(harmony_tokenizer())


@pytest.fixture(scope="session")
def engine(tiny_model, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return Engine.load(tiny_model, LoadOptions(context=2048), cache, silent, lambda: False)
