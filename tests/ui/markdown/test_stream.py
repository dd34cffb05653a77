"""A growing text gives the same blocks as the whole text, and settled blocks never change."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.markdown.blocks import Kind
from app.ui.markdown.parser import make_parser
from app.ui.markdown.stream import MarkdownStream
from tests.ui.markdown.conftest import stream_of

RICH = """# Title

Text with *emphasis*
over two lines.

1. one
1. two

   ```python
   x = 1
   ```

   after
1. three

- a
  - b

> quote
> > deeper

| a | b |
|---|---|
| 1 | 2 |

```
plain

code
```

$$
x^2
$$

\\[
y
\\]

the end
"""
FRAGMENTS = [
    "| a | b |\n|---|---|\n" + "| q | h |\n" * 60,
    *("# h\n", "text ", "*em* ", "\n", "\n\n", "- item\n", "1. one\n", "  - inner\n", "> q\n", "```py\n"),
    *(
        "```\n",
        "x = 1\n",
        "| a | b |\n",
        "|---|---|\n",
        "$x$ ",
        "$$\n",
        "\\[",
        "\\]\n",
        "\\(y\\) ",
        "[a](b) ",
    ),
    *("[r]: http://x\n", "[r] ", "![i](data:image/png;base64,AA) ", "<b>", "&amp;", "    code\n", "~~~\n"),
    *("---\n", "\t", "`c` ", "\r\n", "\r", "\u202e", "\x1b[0m", "\U0001f600", "\\begin{align}\n"),
    *("\\end{align}\n", "**", "~~s~~", "http://a.b ", "- [x] t\n"),
]


@pytest.mark.parametrize("pieces", [1, 2, 7, 50])
def test_pieces_give_the_same_blocks(pieces: int) -> None:
    assert stream_of(RICH, pieces=pieces).blocks == stream_of(RICH).blocks


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.integers(1, 9))
def test_no_text_is_lost_however_it_comes(fragments: list[str], pieces: int) -> None:
    stream = stream_of("".join(fragments), pieces=pieces)
    assert not stream.behind
    letters = [c for c in "".join(fragments) if c in "hq" or c == "\U0001f600"]
    shown = "".join(block.source for block in stream.blocks)
    if "[r]: " not in "".join(fragments):
        assert sum(shown.count(c) for c in set(letters)) >= len(letters) * bool(stream.blocks)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_settled_blocks_stay_the_same_objects(fragments: list[str]) -> None:
    stream = MarkdownStream(make_parser())
    settled: list[object] = []
    for fragment in fragments:
        stream.append(fragment)
        stream.parse()
        assert all(a is b for a, b in zip(settled, stream.blocks, strict=False))
        settled = list(stream.blocks[: stream.settled])


def test_items_go_on_counting() -> None:
    numbers = [block.number for block in stream_of("1. a\n1. b\n1. c\n", pieces=1).blocks]
    assert numbers == [1, 2, 3]


def test_code_in_a_list_is_a_block_of_its_own() -> None:
    kinds = [(b.kind, b.code, b.language) for b in stream_of("- a\n  ```py\n  x\n  ```\n  b\n").blocks]
    assert kinds == [(Kind.PROSE, "", ""), (Kind.CODE, "x", "py"), (Kind.PROSE, "", "")]


def test_open_fence_is_code_already() -> None:
    (block,) = stream_of("```python\nx = 1").blocks
    assert (block.kind, block.code, block.closed) == (Kind.CODE, "x = 1", False)


def test_code_that_only_grows_stays_one_block_until_its_fence() -> None:
    stream = MarkdownStream(make_parser())
    for piece in ["```py\n", "a", "\n", "``", " no\n", "b\n", "``", "`\n", "text"]:
        stream.append(piece)
        stream.parse()
    assert [(b.kind, b.code) for b in stream.blocks] == [(Kind.CODE, "a\n`` no\nb"), (Kind.PROSE, "")]


def test_code_of_a_megabyte_is_one_block() -> None:
    code = "x = 1  # and so on\n" * 60_000
    first, second = stream_of(f"```python\n{code}```\nafter\n").blocks
    assert (first.code, first.closed, second.source) == (code.removesuffix("\n"), True, "after\n")


def test_code_that_outgrows_a_block_goes_on_as_code() -> None:
    code = "x = 1  # and so on\n" * 160_000
    *blocks, after = stream_of(f"````python\n{code}````\nafter\n").blocks
    assert [(block.kind, block.language) for block in blocks] == [(Kind.CODE, "python")] * 2
    assert "\n".join(block.code for block in blocks) + "\n" == code
    assert after.source == "after\n"


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("```", True),
        ("   `````", True),
        ("``` \t", True),
        ("    ```", False),
        ("``", False),
        ("``` no", False),
    ],
)
def test_only_a_fence_ends_code_that_grows(line: str, ends: bool) -> None:
    stream = MarkdownStream(make_parser())
    for piece in ("```py\n", "a\n", f"{line}\n", "rest\n"):
        stream.append(piece)
        stream.parse()
    assert (len(stream.blocks) == 2) == ends
    assert stream.blocks == stream_of(f"```py\na\n{line}\nrest\n").blocks


def _table(rows: int) -> str:
    lines = [f"| row {row} | {row} | *x* |\n" for row in range(rows)]
    return "| name | number | mark |\n|---|--:|---|\n" + "".join(lines)


@pytest.mark.parametrize("pieces", [3, 400])
def test_a_long_table_is_cut_into_bands_that_hold_all_its_rows(pieces: int) -> None:
    text = f"before\n\n{_table(150)}\nafter\n"
    blocks = stream_of(text, pieces=pieces).blocks
    assert "".join(block.source for block in blocks).split() == text.split()
    assert all(block.kind is Kind.PROSE for block in blocks)
    first, *others = [block for block in blocks if block.columns]
    assert not first.goes_on
    assert all(block.goes_on and block.columns == first.columns for block in others)
    assert max(block.source.count("\n") for block in blocks) < 60
    assert blocks == stream_of(text).blocks


def test_a_growing_table_keeps_the_bands_it_has() -> None:
    stream = MarkdownStream(make_parser())
    seen: list[object] = []
    for line in _table(300).splitlines(keepends=True):
        stream.append(line)
        stream.parse()
        assert all(a is b for a, b in zip(seen, stream.blocks, strict=False))
        assert len(stream.blocks) - stream.settled <= 1
        seen = list(stream.blocks[: stream.settled])
    assert len(seen) > 5


def test_a_short_table_is_not_cut() -> None:
    (block,) = stream_of(_table(12)).blocks
    assert block.columns is None


HOSTILE = {
    "quotes": ">" * 10_000 + " end",
    "spaced quotes": "> " * 10_000 + "end",
    "one line": "word " * 200_000,
    "no space": "x" * 1_000_000,
    "brackets": "[" * 50_000,
    "images": "![[" * 20_000,
    "stars": "*a **b " * 8_000,
    "display": "\\[\n" * 10_000,
    "dollars": "$a " * 20_000,
    "lists": "\n".join(" " * depth + "- a" for depth in range(500)),
    "table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
    "fence": "```\n" + "line\n" * 30_000,
    "references": "[a]: http://b\n" * 5_000,
    "begin": "\\begin{align}\n" * 3_000,
    "entities": "&amp;" * 20_000,
    "backticks": " ".join("`" * n for n in range(1, 300)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_steps_and_loses_nothing(name: str) -> None:
    stream = MarkdownStream(make_parser())
    stream.append(HOSTILE[name])
    stream.end()
    worst = 0.0
    while stream.behind:
        began = time.thread_time()
        stream.parse()
        worst = max(worst, time.thread_time() - began)
    assert worst < 1.0
    shown = sum(len(block.source) for block in stream.blocks)
    assert shown >= 0.9 * len(HOSTILE[name]) or name == "references"
