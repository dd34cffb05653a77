from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import settings
from app.errors import StorageError, UsageError
from app.settings import Settings


def test_defaults_fit_their_own_declarations() -> None:
    for setting in settings.ALL:
        assert setting.check(setting.default) == setting.default
        assert setting.help.endswith(".")


def test_a_value_survives(tmp_path: Path) -> None:
    path = tmp_path / "home" / "settings.json"
    Settings(path).set("effort", "high")
    assert Settings(path).text("effort") == "high"
    Settings(path).reset("effort")
    assert Settings(path).text("effort") == "medium"


def test_keys_of_newer_versions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"of a newer version": [1]}', encoding="utf-8")
    Settings(path).set("context", 4096)
    assert "of a newer version" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "stored", ['{"context": "x"}', '{"context": -1}', '{"context": true}', '{"context": null}']
)
def test_a_stored_value_that_does_not_fit_gives_the_default(tmp_path: Path, stored: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(stored, encoding="utf-8")
    assert Settings(path).number("context") == 0


@pytest.mark.parametrize(("name", "text"), [("effort", "extreme"), ("context", "-1"), ("threads", "many")])
def test_a_value_that_does_not_fit_is_refused_with_what_is_allowed(name: str, text: str) -> None:
    with pytest.raises(UsageError, match="Allowed: "):
        settings.named(name).parse(text)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="effort"):
        settings.named("efort")


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for setting in settings.ALL:
        try:
            value = setting.parse(text)
        except UsageError:
            continue
        assert setting.check(value) == value


@pytest.mark.parametrize("content", ["nonsense", "[]", '"text"'])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"settings\.json"):
        Settings(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(StorageError):
        Settings(tmp_path / "home" / "settings.json").set("context", 1)
