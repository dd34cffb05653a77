"""Runs on Windows: tiny models through the application's engine on DirectML, for `directml_compare`.

python directml_parity.py SOURCE RUNTIME MODELS
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from app.engine.bucketed.load import adapt_for, load_decoder
from app.engine.placement import HEAVY
from app.engine.providers.directml import DIRECTML, DirectMl
from app.engine.providers.provider import Providers
from app.engine.runtime import VERSION, RunOptions, SessionOptions
from app.errors import UnsupportedModel
from app.graph.conformance import require_conforming
from app.graph.header import read_header
from app.graph.layout import open_folder
from app.progress import silent
from tests.windows.directml_routers import watch


class Profiled(DirectMl):
    """The provider, with a profile of every session."""

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> Providers:
        options.enable_profiling = True
        options.profile_file_prefix = f"indoors-{id(options)}"
        return super().equip(options, look_ups)


def compute(folder: Path) -> None:
    """Compute every step of a model, and write down what came out."""
    given = np.load(folder / "prompt.npz")
    chunks = given["chunks"].tolist()
    watch(open_folder(folder), given["ids"].tolist(), chunks, context=768).save(folder / "found.npz")
    print(f"{given['name']}: {len(chunks)} steps computed", flush=True)


def refused(folder: Path) -> str:
    """Why the published graph must not run."""
    graph = open_folder(folder).graph
    try:
        require_conforming(read_header(graph), graph, "directml", VERSION)
    except UnsupportedModel as error:
        return str(error)
    return ""


def placed(folder: Path) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """For each graph on the device: its runs by provider, and its nodes before fusion by provider."""
    model = adapt_for(open_folder(folder), DirectMl("directml", 0), exact=False)
    decoder = load_decoder(model, Profiled("directml", 0), 768, 2, silent, lambda: False)
    decoder.compute(list(range(40)), RunOptions())
    decoder.compute([1], RunOptions())
    sessions = decoder.sessions
    graphs = {"decode": sessions.decode, "prompt": sessions.prefill, "head": sessions.head}
    for name, graph in graphs.items():
        if graph is None:
            continue
        runs = Counter(_runs(Path(graph.session.end_profiling())))
        nodes = Counter[str]()
        for part in graph.session.get_provider_graph_assignment_info():
            nodes.update({f"{part.ep_name} {node.op_type}": 1 for node in part.get_nodes()})
        yield name, runs, nodes


def _runs(profile: Path) -> set[str]:
    events = json.loads(profile.read_text(encoding="utf-8"))
    nodes = (event["args"] for event in events if event.get("cat") == "Node" and "provider" in event["args"])
    return {f"{node['provider']} {node['op_name']}" for node in nodes}


def placement(folder: Path) -> bool:
    """Print where the graphs' nodes are computed, and say whether the heavy ones are on DirectML."""
    good = True
    for name, runs, nodes in placed(folder):
        fused = sum("DmlFusedNode" in run for run in runs)
        others = sorted(run for run in runs if "DmlFusedNode" not in run)
        heavy = {node: count for node, count in nodes.items() if node.split()[1] in HEAVY}
        print(
            f"{name}: {nodes.total()} nodes, {fused} fused partition, on the processor: {others or 'none'};"
        )
        print("  heavy:", heavy)
        good = good and fused == 1 and not others and all(node.startswith(DIRECTML) for node in heavy)
    return good


def main(models: Path) -> int:
    """Compute, print, and say whether all is well."""
    folders = sorted(path.parent for path in models.glob("*/prompt.npz"))
    for folder in folders:
        compute(folder)
    good = placement(folders[0])
    reason = refused(folders[0])
    print("The published graph:", reason or "IS NOT REFUSED")
    passed = good and bool(reason)
    print("directml_parity:", "passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
