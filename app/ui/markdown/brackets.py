r"""Mathematics in \( \) and \[ \], as rules of the parser; the tokens are those of the dollar rules."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_KINDS = {"\\(": ("math_inline", "\\)"), "\\[": ("math_inline_double", "\\]")}
_LONGEST = 4000
_MOST_LINES = 40


def bracket_plugin(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.inline.ruler.before("escape", "math_brackets", _inline)
    parser.block.ruler.before(
        "fence", "math_brackets", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _inline(state: StateInline, silent: bool) -> bool:
    kind = _KINDS.get(state.src[state.pos : state.pos + 2])
    if kind is None:
        return False
    name, closing = kind
    start = state.pos + 2
    end = state.src.find(closing, start, min(state.posMax, start + _LONGEST))
    if end < 0 or not state.src[start:end].strip():
        return False
    if not silent:
        token = state.push(name, "math", 0)
        token.content = state.src[start:end]
        token.markup = state.src[state.pos : state.pos + 2]
    state.pos = end + 2
    return True


def _block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    if state.src[start : start + 2] != "\\[" or state.is_code_block(first):
        return False
    for line in range(first, min(last, first + _MOST_LINES)):
        if line > first and (state.isEmpty(line) or state.sCount[line] < state.blkIndent):
            return False
        text = state.src[state.bMarks[line] : state.eMarks[line]].rstrip()
        if text.endswith("\\]"):
            return silent or _push(state, first, line)
        if "\\]" in text:
            return False
    return False


def _push(state: StateBlock, first: int, line: int) -> bool:
    source = state.getLines(first, line + 1, state.sCount[first], False).strip()
    if "\\]" in source[:-2]:
        return False
    state.line = line + 1
    token = state.push("math_block", "math", 0)
    token.block = True
    token.content = source[2:-2]
    token.markup = "\\["
    token.map = [first, state.line]
    return True
