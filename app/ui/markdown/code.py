"""Code coloured by Pygments, in slices short enough not to be noticed."""

from __future__ import annotations

from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType, is_token_subtype
from pygments.util import ClassNotFound

from app.ui.theme.tokens import Colours

LONGEST = 2_000_000
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "code_comment"),
    (Keyword, "code_keyword"),
    (Operator.Word, "code_keyword"),
    (String, "code_string"),
    (Number, "code_number"),
    (Name.Function, "code_name"),
    (Name.Class, "code_name"),
    (Name.Tag, "code_name"),
    (Name.Builtin, "code_name"),
    (Name.Decorator, "code_name"),
    (Name.Attribute, "code_number"),
)

Span = tuple[int, int, str]
"""Start, length and the name of a colour in `Colours`."""


def lexer_for(language: str) -> Lexer | None:
    """The lexer for what a fence says; None for none or an unknown one."""
    if not language:
        return None
    try:
        return get_lexer_by_name(language.lower().strip("{}."), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def spans(code: str, lexer: Lexer) -> Iterator[Span]:
    """The coloured pieces of a code, in order; positions count UTF-16 units as text documents do."""
    position = 0
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        length = utf16_length(text)
        colour = _colour_of(kind)
        if colour and length:
            yield position, length, colour
        position += length


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def colour(colours: Colours, name: str) -> str:
    """A colour by its name."""
    return str(getattr(colours, name))


def _colour_of(kind: _TokenType) -> str:
    return next((name for parent, name in _KINDS if is_token_subtype(kind, parent)), "")
