"""Which sampling values a conversation can have of its own, and where a request carries each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

OWN = "indoors"


@dataclass(frozen=True)
class Field:
    """One number of a request.

    Attributes:
        name: its key in a Responses request, or in the part `indoors` of one.
        label: what people read.
        help: one sentence on what it does.
        minimum: the least value.
        maximum: the greatest value.
        start: the value that an arrow key leads to from the model's default.
        decimals: digits after the point; 0 for a whole number.
        step: what one press of an arrow key changes.
        own: it stands in the part `indoors`.
        unset: what holds without a value, where the model has no default.
    """

    name: str
    label: str
    help: str
    minimum: float
    maximum: float
    start: float
    decimals: int = 2
    step: float = 0.05
    own: bool = False
    unset: str = ""

    def read(self, sampling: Mapping[str, Any]) -> float | None:
        """The conversation's own value; None when the model's default is wanted."""
        part = sampling.get(OWN, {}) if self.own else sampling
        value = part.get(self.name)
        return value if isinstance(value, int | float) else None


def fields() -> tuple[Field, ...]:
    """Every field, in the order they are shown."""
    translate = QCoreApplication.translate
    return (
        Field(
            "temperature",
            translate("Sheet", "Temperature"),
            translate("Sheet", "Higher is more varied; 0 always takes the most probable token."),
            *(0, 2, 1),
        ),
        Field(
            "top_p",
            translate("Sheet", "Top-p"),
            translate("Sheet", "Only the most probable tokens that reach this probability together."),
            *(0.01, 1, 0.95),
        ),
        Field(
            "top_k",
            translate("Sheet", "Top-k"),
            translate("Sheet", "Only so many of the most probable tokens; 0 for all."),
            *(0, 1000, 40, 0, 1),
            own=True,
        ),
        Field(
            "min_p",
            translate("Sheet", "Min-p"),
            translate("Sheet", "Only tokens at least this probable, relative to the most probable one."),
            *(0, 1, 0.05),
            own=True,
        ),
        Field(
            "repetition_penalty",
            translate("Sheet", "Repetition penalty"),
            translate("Sheet", "Above 1 makes tokens that occurred already less probable."),
            *(0.5, 2, 1),
            own=True,
        ),
        Field(
            "seed",
            translate("Sheet", "Seed"),
            translate("Sheet", "The same seed and request give the same answer again on this computer."),
            *(0, 2**31 - 1, 0, 0, 1),
            own=True,
            unset=translate("Sheet", "Another each time"),
        ),
        Field(
            "max_output_tokens",
            translate("Sheet", "Longest answer"),
            translate("Sheet", "In tokens, thinking included; a cut answer can be continued."),
            *(1, 2**20, 1024, 0, 64),
            unset=translate("Sheet", "As long as it fits"),
        ),
    )


def with_value(sampling: Mapping[str, Any], field: Field, value: float | None) -> dict[str, Any]:
    """Sampling with another value of a field; None goes back to the model's default."""
    number = None if value is None else value if field.decimals else int(value)
    if not field.own:
        return put(sampling, field.name, number)
    return put(sampling, OWN, put(sampling.get(OWN, {}), field.name, number) or None)


def put(values: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The same with another value; None takes the key out."""
    others = {name: known for name, known in values.items() if name != key}
    return others if value is None else {**others, key: value}
