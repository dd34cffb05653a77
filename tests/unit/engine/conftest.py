"""What the tests of this room share."""

from __future__ import annotations

import pytest

from app.engine.loaded_graph import LoadOptions, load_graph
from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.graphs import TinyDecoder, make_decoder, save_external

GPT_OSS = TinyModel(seed=3, layers=3, positions=4096)
CONCATENATING = TinyDecoder(positions=600)


@pytest.fixture(scope="session")
def gpt_oss_folder(tmp_path_factory):
    """A model in fp32 whose caches GroupQueryAttention makes; no tokenizer."""
    work = tmp_path_factory.mktemp("gpt-oss")
    write_checkpoint(work / "checkpoint", GPT_OSS)
    identity = Identity("tiny", "Tiny", "a test")
    build_model(work / "checkpoint", work / "model", Quantization.FP32, identity, silent)
    return work / "model"


@pytest.fixture(scope="session")
def concatenating_folder(tmp_path_factory):
    """A model whose caches grow by concatenation; it takes position_ids."""
    folder = tmp_path_factory.mktemp("concatenating")
    (folder / "config.json").write_text('{"model_type": "tiny", "max_position_embeddings": 600}')
    save_external(make_decoder(CONCATENATING), folder / "model.onnx")
    return folder


@pytest.fixture(scope="session")
def loaded(gpt_oss_folder, tmp_path_factory):
    return _load(gpt_oss_folder, tmp_path_factory)


@pytest.fixture(scope="session")
def concatenating(concatenating_folder, tmp_path_factory):
    return _load(concatenating_folder, tmp_path_factory)


@pytest.fixture(params=["shared", "concatenated"])
def any_decoder(request):
    """A decoder of each kind of cache, empty."""
    name = {"shared": "loaded", "concatenated": "concatenating"}[request.param]
    decoder = request.getfixturevalue(name).decoder
    decoder.cache.truncate(0)
    return decoder


@pytest.fixture
def decoder(loaded):
    loaded.decoder.cache.truncate(0)
    return loaded.decoder


def _load(folder, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return load_graph(folder, LoadOptions(exact=True, threads=2), cache, silent, lambda: False)
