"""Makes gpt_oss.npz: logits of the cases in tests/support/checkpoints.py by transformers, in fp32.

Needs the `train` extra:

    python -m tests.golden.make_gpt_oss
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.support.checkpoints import CASES, prompt
from tests.support.reference import reference_logits

TARGET = Path(__file__).with_name("gpt_oss.npz")


def main() -> None:
    """Write the file."""
    np.savez_compressed(
        TARGET, **{name: reference_logits(model, prompt(model)) for name, model in CASES.items()}
    )


if __name__ == "__main__":
    main()
