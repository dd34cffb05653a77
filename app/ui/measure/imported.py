"""Which names of Qt the program imports until its first paint: `python -m app.ui.measure.imported`.

PySide makes a class when its name is first asked for, and some take milliseconds.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import app.ui.application  # noqa: F401 - what the first paint needs
from app.ui.measure import plan


def names() -> dict[str, list[str]]:
    """The names, by the module of Qt they come from."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in [module for name, module in sys.modules.items() if name.startswith("app.")]:
        for name, value in vars(module).items():
            source = getattr(value, "__module__", None)
            if isinstance(source, str) and source.startswith("PySide6."):
                found[source].add(name)
    return {source: sorted(wanted) for source, wanted in found.items()}


if __name__ == "__main__":
    plan.report(names())
