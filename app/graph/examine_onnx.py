"""The checks of an ONNX model before it is imported."""

from __future__ import annotations

from pathlib import Path

import onnx

from app.checks import as_told
from app.errors import UsageError
from app.graph.conformance import conformance, require_conforming
from app.graph.examination import Examination, size
from app.graph.external_data import check_data, required_bytes
from app.graph.header import read_header
from app.graph.interface import GraphInterface, read_interface
from app.graph.layout import ModelFolder, open_folder
from app.graph.onnx_folder import FolderPlan
from app.graph.operators import check_operators
from app.graph.quantize import Quantization
from app.graph.rotary_check import check_rotary_tables
from app.graph.stray_files import refuse_code_beside, refuse_escapes
from app.graph.words import words_of_folder
from app.phrases import Phrase

PROVIDERS = ("cpu", "directml", "webgpu", "coreml")
_GPT_OSS = {"gpt_oss", "gptoss"}


def look_at_onnx(found: Examination, path: Path, quantization: Quantization | None, version: str) -> None:
    """Examine a folder of any layout; arguments as in `app.graph.examine.examine`."""
    checks = found.checks
    folder = checks.run("files", lambda: _open(path, quantization), _told)
    if folder is None:
        return
    plan, header = FolderPlan.of(folder), read_header(folder.graph)
    checks.run("code", lambda: refuse_code_beside(folder.root, plan.files), as_told)
    checks.run("links", lambda: refuse_escapes(folder.root, plan.files), as_told)
    interface = checks.run("decoder", lambda: read_interface(header), _interface_told)
    checks.run("operators", lambda: _check_operators(header, folder.graph, version), as_told)
    if folder.architecture in _GPT_OSS:
        checks.run("rotary tables", lambda: check_rotary_tables(header, folder.graph, folder.config), as_told)
    found.note_licence(plan.describe().licence)
    found.plan = plan
    if interface is not None:
        found.words = checks.run(
            "settings",
            lambda: words_of_folder(folder, interface.vocabulary_size),
            lambda _: Phrase("readable"),
        )


def _open(path: Path, quantization: Quantization | None) -> ModelFolder:
    folder = open_folder(path)
    if quantization is not None:
        raise UsageError(
            "{graph} is an ONNX model already; its weights stay as published.",
            "Leave --quant out, or import the checkpoint it was made from.",
            graph=folder.graph,
        )
    check_data(folder.graph.parent, required_bytes(read_header(folder.graph), folder.graph))
    return folder


def _check_operators(model: onnx.ModelProto, graph: Path, version: str) -> Phrase:
    """Every operator must be computed rightly on the processor; what others would do is told."""
    check_operators(model)
    require_conforming(model, graph, "cpu", version)
    told = []
    for provider in PROVIDERS:
        findings = conformance(model, provider, version)
        named = sorted({f"{finding.rule.operator} {finding.rule.effect}" for finding in findings})
        told.append(f"{provider}: {', '.join(named) or 'all'}")
    return Phrase.of("{found}", found="; ".join(told))


def _told(folder: ModelFolder) -> Phrase:
    plan = FolderPlan.of(folder)
    return Phrase.of(
        "{count} files in the layout of {layout}, {size}",
        count=len(plan.files),
        layout=folder.layout,
        size=size(plan.bytes),
    )


def _interface_told(interface: GraphInterface) -> Phrase:
    return Phrase.of(
        "{layers} layers, {logits} logits", layers=len(interface.layers), logits=interface.vocabulary_size
    )
