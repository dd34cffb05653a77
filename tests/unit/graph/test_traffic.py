from __future__ import annotations

from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.graph.traffic import bytes_per_decoded_token
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.graphs import TinyDecoder, make_decoder, save_external

MODEL = TinyModel(layers=3, experts=8, experts_per_token=2, bias=False)


def test_only_the_chosen_experts_count(tmp_path):
    write_checkpoint(tmp_path / "checkpoint", MODEL)
    identity = Identity("t", "T", "a test")
    build_model(tmp_path / "checkpoint", tmp_path / "model", Quantization.INT8, identity, silent)
    found = bytes_per_decoded_token(tmp_path / "model" / "model.onnx")
    per_weight = 1 + 4 / 32  # a byte, and a float32 scale for each block of 32
    hidden, inner, width = MODEL.hidden, MODEL.intermediate, MODEL.head_dim
    attention = hidden * width * (2 * MODEL.heads + 2 * MODEL.kv_heads)
    experts = MODEL.experts_per_token * 3 * hidden * inner
    quantized = (MODEL.layers * (attention + experts) + MODEL.vocabulary * hidden) * per_weight
    assert quantized < found < quantized * 1.1, "norms, biases and routers are the rest"


def test_a_plain_decoder_reads_all_but_its_tables(tmp_path):
    decoder = TinyDecoder(positions=500)
    path = save_external(make_decoder(decoder), tmp_path / "model.onnx")
    tables = 4 * decoder.hidden * (decoder.positions + decoder.vocabulary)
    found = bytes_per_decoded_token(path)
    assert 0 < found < (tmp_path / "model.onnx_data").stat().st_size - tables + 4096
