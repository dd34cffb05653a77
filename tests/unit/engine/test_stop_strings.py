from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.stop_strings import StopStrings

LETTERS = st.text("abc", max_size=4)


def reference(text: str, stops: list[str]) -> tuple[str, bool]:
    """Read letter by letter, and look at what stands at the end."""
    for end in range(1, len(text) + 1):
        found = [stop for stop in stops if stop and text[:end].endswith(stop)]
        if found:
            return text[: end - max(map(len, found))], True
    return text, False


@settings(deadline=None)
@given(pieces=st.lists(LETTERS), stops=st.lists(LETTERS, max_size=4))
def test_equals_plain_search(pieces: list[str], stops: list[str]) -> None:
    watcher, shown, stopped = StopStrings(stops), "", False
    for piece in pieces:
        text, stopped = watcher.feed(piece)
        shown += text
    shown += watcher.flush()
    assert (shown, stopped) == reference("".join(pieces), stops)


@settings(deadline=None)
@given(pieces=st.lists(LETTERS), stop=st.text("abc", min_size=1, max_size=4))
def test_nothing_is_held_back_needlessly(pieces: list[str], stop: str) -> None:
    watcher, seen, shown = StopStrings([stop]), "", ""
    for piece in pieces:
        text, stopped = watcher.feed(piece)
        seen, shown = seen + piece, shown + text
        if stopped:
            return
        held = seen[len(shown) :]
        assert stop.startswith(held)


def test_a_possible_beginning_is_held_back() -> None:
    watcher = StopStrings(["STOP"])
    assert watcher.feed("one S") == ("one ", False)
    assert watcher.feed("TO") == ("", False)
    assert watcher.feed("NE") == ("STONE", False)
    assert watcher.feed("xSTOPy") == ("x", True)
    assert watcher.feed("more") == ("", True)
    assert watcher.flush() == ""


def test_without_stops_everything_passes() -> None:
    assert StopStrings(["", ""]).feed("text") == ("text", False)
