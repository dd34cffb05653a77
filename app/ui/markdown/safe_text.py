"""Text of unknown origin made safe to show: what is invisible or acts on its surroundings becomes visible."""

from __future__ import annotations

import re

_PICTURES = 0x2400
_DELETE = 0x7F
_REPLACEMENT = "\ufffd"

# Bidirectional embeddings, overrides and isolates: Unicode Standard Annex #9, section 2.
_BIDI = "\u202a-\u202e\u2066-\u2069"
# Text documents use U+FFFC for objects and U+FDD0, U+FDD1 for frames; noncharacters never belong in text.
_UNUSABLE = "\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_BIDI}{_UNUSABLE}]")


def neutralise(text: str) -> str:
    """The text with every line end as a line feed, and nothing in it that a terminal or a layout would obey.

    Control characters (an ANSI code's escape, a backspace) become the Unicode picture of themselves;
    bidirectional overrides become their code point in brackets; what no document can hold becomes U+FFFD.
    """
    return _UNSAFE.sub(_visible, _LINE_ENDS.sub("\n", text))


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "\u2421"
    if "\u202a" <= character <= "\u2069":
        return f"[U+{code:04X}]"
    return _REPLACEMENT
