from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.phrases import Phrase

GERMAN = {
    "{doing} of {path} failed.": "{path}: {doing} ist fehlgeschlagen.",
    "writing {count} tokens": "das Schreiben von {count} Token",
}


def german(template: str) -> str:
    return GERMAN.get(template, template)


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_a_phrase_is_said_in_english_or_in_another_language() -> None:
    doing = Phrase.of("writing {count} tokens", count=12_000)
    phrase = Phrase.of("{doing} of {path} failed.", doing=doing, path=Path("a"))
    assert str(phrase) == "writing 12,000 tokens of a failed."
    assert phrase.said(german, dotted) == "a: das Schreiben von 12.000 Token ist fehlgeschlagen."


def test_what_has_no_translation_stays_english() -> None:
    assert Phrase.of("{name} is odd.", name="x").said(german, dotted) == "x is odd."


@given(st.text())
def test_braces_in_a_value_or_in_a_phrase_without_values_are_text(text: str) -> None:
    assert str(Phrase(text)) == text
    assert str(Phrase.of("<{value}>", value=text)) == f"<{text}>"


def test_only_whole_numbers_are_grouped() -> None:
    assert str(Phrase.of("{a} {b} {c} {d}", a=1234, b=0.05, c=True, d="1234")) == "1,234 0.05 True 1234"


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.builds(Phrase.of, st.text())))
def test_a_phrase_survives_json(values: dict[str, int | str | Phrase]) -> None:
    phrase = Phrase("text", values)
    assert Phrase.from_json(json.loads(json.dumps(phrase.to_json()))) == phrase
