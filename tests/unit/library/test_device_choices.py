"""Which device a model runs on, where it is another one than the setting's."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.device_choices import DeviceChoices
from app.paths import Paths


def test_a_choice_lasts_until_it_is_taken_back(tmp_path) -> None:
    choices = DeviceChoices(Paths(tmp_path))
    choices.choose("a", "webgpu:1")
    choices.choose("b", "cpu")
    assert [DeviceChoices(Paths(tmp_path)).of(model) for model in "abc"] == ["webgpu:1", "cpu", ""]
    choices.choose("a", "")
    assert (choices.of("a"), choices.of("b")) == ("", "cpu")


@pytest.mark.parametrize("content", ["", "[]", '{"a": 3}', '{"a": "abacus"}'])
def test_a_damaged_file_chooses_nothing(tmp_path, content: str) -> None:
    places = Paths(tmp_path)
    places.device_choices.write_text(content, encoding="utf-8")
    assert DeviceChoices(places).of("a") == ""
    DeviceChoices(places).choose("a", "cpu")
    assert DeviceChoices(places).of("a") == "cpu"


def test_there_is_no_such_device(tmp_path) -> None:
    with pytest.raises(UsageError, match="abacus"):
        DeviceChoices(Paths(tmp_path)).choose("a", "abacus")
