"""Sentences that can still be said in another language after they were made.

A phrase keeps its English template and the values in its braces apart, so that the window can translate the
template, while the command line and the logs say it in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Phrase:
    """A template in English and what goes into its braces.

    Attributes:
        template: `str.format` syntax without format specifications; a phrase without values is said as it is,
            braces included.
        values: a whole number is said with its digits grouped; a phrase is translated with its sentence.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, template: str, /, **values: object) -> Phrase:
        """A phrase; a value that is neither a whole number nor a phrase is taken as `str` gives it."""
        return cls(template, {name: _plain(value) for name, value in values.items()})

    def __str__(self) -> str:
        return self.said(str, _grouped)

    def said(self, translate: Callable[[str], str], number: Callable[[int], str]) -> str:
        """The sentence in another language.

        Args:
            translate: gives a template's translation, or the template itself.
            number: writes a whole number.
        """
        template = translate(self.template)
        if not self.values:
            return template

        def one(value: object) -> object:
            if isinstance(value, Phrase):
                return value.said(translate, number)
            return number(value) if isinstance(value, int) else value

        return template.format(**{name: one(value) for name, value in self.values.items()})

    def to_json(self) -> dict[str, Any]:
        """The phrase as JSON."""
        values = {name: v.to_json() if isinstance(v, Phrase) else v for name, v in self.values.items()}
        return {"template": self.template, "values": values}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Phrase:
        """The phrase that `to_json` made into JSON."""
        values = data["values"].items()
        return cls(data["template"], {n: cls.from_json(v) if isinstance(v, dict) else v for n, v in values})


def _plain(value: object) -> int | str | Phrase:
    if isinstance(value, Phrase):
        return value
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _grouped(value: int) -> str:
    return f"{value:,}"
