"""Runs on Windows: tiny models through the application's engine on DirectML, compared with the processor.

python directml_parity.py SOURCE RUNTIME MODELS
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engine.bucketed.load import adapt_for, load_decoder
from app.engine.loaded_graph import LoadOptions, load_graph
from app.engine.placement import HEAVY
from app.engine.providers.directml import DIRECTML, DirectMl
from app.engine.providers.provider import Providers
from app.engine.runtime import VERSION, RunOptions, SessionOptions
from app.errors import UnsupportedModel
from app.graph.conformance import require_conforming
from app.graph.header import read_header
from app.graph.layout import open_folder
from app.progress import silent

STEPS, AGREEMENT, SHARE_OF_RANGE, CLEAR = 500, 0.99, 0.01, 0.02


class Profiled(DirectMl):
    """The provider, with a profile of every session."""

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> Providers:
        options.enable_profiling = True
        options.profile_file_prefix = f"indoors-{id(options)}"
        return super().equip(options, look_ups)


@dataclass(frozen=True)
class Outcome:
    """The steps of one model.

    Attributes:
        name: of the model.
        agree: whether the best token is the reference's.
        errors: the largest of each step, as a share of the logits' range.
        clear: whether the reference chooses this token's experts clearly. Scores that are nearly equal are
            ordered by rounding, in fp16 on the processor too, and another expert is another result.
    """

    name: str
    agree: NDArray[np.bool_]
    errors: NDArray[np.float64]
    clear: NDArray[np.bool_]

    def __str__(self) -> str:
        worst, median = self.errors[self.clear].max(), np.median(self.errors)
        return (
            f"{self.name}: {self.agree.sum()} of {len(self.agree)} best tokens agree; error at most "
            f"{worst:.2%} of the range (median {median:.2%}) in the "
            f"{self.clear.sum()} steps whose experts are clear"
        )


def compared(folder: Path) -> Outcome:
    """Every step of a model against the reference."""
    data = np.load(folder / "expected.npz")
    options = LoadOptions(context=768, device="directml")
    loaded = load_graph(folder, options, Path("cache"), silent, lambda: False)
    ids, past, found = data["ids"].tolist(), 0, []
    for chunk in data["chunks"].tolist():
        found.append(loaded.decoder.compute(ids[past : past + chunk], RunOptions()).astype(np.float64))
        past += chunk
    logits, expected = np.stack(found), data["logits"].astype(np.float64)
    errors = np.abs(logits - expected).max(axis=1) / np.ptp(expected, axis=1).max()
    agree = logits.argmax(axis=1) == expected.argmax(axis=1)
    return Outcome(str(data["name"]), agree, errors, data["margins"] > CLEAR)


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


def parity(folders: Sequence[Path]) -> bool:
    """Compare all models, print, and say whether they are good enough."""
    outcomes = []
    for folder in folders:
        outcomes.append(compared(folder))
        print(outcomes[-1], flush=True)
    agree = np.concatenate([outcome.agree for outcome in outcomes])
    print(f"All: {agree.sum()} of {len(agree)} best tokens agree ({agree.mean():.2%}).")
    worst = max(outcome.errors[outcome.clear].max() for outcome in outcomes)
    return bool(len(agree) >= STEPS and agree.mean() >= AGREEMENT and worst <= SHARE_OF_RANGE)


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
    """Compare, print, and say whether all is well."""
    folders = sorted(folder for folder in models.iterdir() if (folder / "expected.npz").is_file())
    good = [parity(folders), placement(folders[0])]
    reason = refused(folders[0])
    print("The published graph:", reason or "IS NOT REFUSED")
    passed = all(good) and bool(reason)
    print("directml_parity:", "passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
