"""Text to token ids and back, over a `tokenizer.json`.

A **control token** steers the model or its template: `<|start|>`, `</s>`, `<tool_call>`. Plain text never
becomes one here, whatever it spells; only `encode_rendered` and `encode_pieces` make them, for text the
template wrote.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import zip_longest
from pathlib import Path

import tokenizers

from app.engine.tokenizer_bytes import decoder_steps, drops_leading_space, piece_bytes
from app.engine.tokenizer_plain import PlainEncoder, any_of
from app.errors import ModelDamaged, from_os_error
from app.graph.layout import ModelFolder

_RESERVED = re.compile(r"(?:reserved|unused|placeholder|dummy)[\w ]*\d+\W*$", re.IGNORECASE)
_REMEDY = "Import the model again."


class Tokenizer:
    """Encodes plain and rendered text, and says which bytes a token stands for.

    Args:
        backend: a tokenizer of its own; it is changed here and must not be shared.

    Attributes:
        size: one more than the highest id that has a token.
        reserved_ids: ids below `size` that stand for nothing and must be masked while sampling.
        drops_leading_space: whether decoding drops the space before a text's first word.
    """

    def __init__(self, backend: tokenizers.Tokenizer) -> None:
        backend.no_padding()
        backend.no_truncation()
        added = backend.get_added_tokens_decoder()
        ids = backend.get_vocab(with_added_tokens=True).values()
        steps = decoder_steps(backend)
        self._backend = backend
        self._added = {token_id: token.content for token_id, token in added.items()}
        self._special = frozenset(token_id for token_id, token in added.items() if token.special)
        self._control = {
            token.content: token_id
            for token_id, token in added.items()
            if token.special or not _is_vocabulary(token.content)
        }
        self._strips_left = frozenset(token_id for token_id, token in added.items() if token.lstrip)
        self._strips_right = frozenset(token_id for token_id, token in added.items() if token.rstrip)
        self._control_pattern = any_of(self._control)
        self._piece_bytes = piece_bytes(backend, steps)
        self._bytes: dict[int, bytes] = {}
        self.drops_leading_space = drops_leading_space(steps)
        self.size = max(ids, default=-1) + 1
        self.reserved_ids = self._find_reserved(ids)
        self._plain = PlainEncoder(backend, self._control)

    @classmethod
    def from_file(cls, path: Path) -> Tokenizer:
        """Read a `tokenizer.json`.

        Raises:
            ModelDamaged: the file is missing or is not a tokenizer.
        """
        try:
            content = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise ModelDamaged("{path} is missing.", _REMEDY, path=path) from error
        except UnicodeDecodeError as error:
            raise ModelDamaged("{path} is not UTF-8 text.", _REMEDY, path=path) from error
        except OSError as error:
            raise from_os_error(error, "reading the tokenizer") from error
        return cls.from_text(content, path)

    @classmethod
    def from_text(cls, content: str, path: Path) -> Tokenizer:
        """Read the content of a `tokenizer.json`.

        Args:
            content: of the file.
            path: where it comes from, for errors.

        Raises:
            ModelDamaged: it is not a tokenizer.
        """
        try:
            return cls(tokenizers.Tokenizer.from_str(content))
        except Exception as error:  # `tokenizers` raises bare Exception
            raise ModelDamaged(
                "{path} is not a tokenizer: {error}.", _REMEDY, path=path, error=error
            ) from error

    @classmethod
    def from_folder(cls, folder: ModelFolder) -> Tokenizer:
        """Read a model folder's tokenizer.

        Raises:
            ModelDamaged: the folder has none, or it cannot be read.
        """
        if folder.tokenizer is None:
            raise ModelDamaged("{root} has no tokenizer.json.", _REMEDY, root=folder.root)
        return cls.from_file(folder.tokenizer)

    def encode(self, text: str) -> list[int]:
        """Encode plain text: no token is added, and none of the ids is a control token."""
        return self.encode_pieces([text])

    def encode_rendered(self, text: str) -> list[int]:
        """Encode text in which control tokens are recognised; never give it a user's words."""
        return self.encode_pieces(self.split_control(text))

    def split_control(self, text: str) -> list[str | int]:
        """Split text at the control tokens it spells, leftmost and longest first; the tokens come as ids."""
        parts = self._control_pattern.split(text)
        return [self._control[part] if index % 2 else part for index, part in enumerate(parts)]

    def encode_pieces(self, pieces: Iterable[str | int]) -> list[int]:
        """Encode a sequence of plain texts and token ids.

        Args:
            pieces: neighbouring texts are encoded as one, so words may cross from one to the next; an integer
                goes into the result as it is, and takes the white space beside it where the token says so.
        """
        texts, inserted = self._separate(pieces)
        ids = list[int]()
        for part, between in zip_longest(self._plain.encode(texts), inserted):
            ids += part
            if between is not None:
                ids.append(between)
        return ids

    def token_bytes(self, token_id: int) -> bytes:
        """Bytes of a token, perhaps an incomplete character; empty for an id without a token."""
        if (known := self._bytes.get(token_id)) is not None:
            return known
        self._bytes[token_id] = found = self._find_bytes(token_id)
        return found

    def token_text(self, token_id: int) -> str:
        """A token's bytes as text, for people to read; incomplete characters become U+FFFD."""
        return self.token_bytes(token_id).decode("utf-8", errors="replace")

    def is_special(self, token_id: int) -> bool:
        """Whether a token is marked special: it never belongs to the answer's text."""
        return token_id in self._special

    def special_id(self, text: str) -> int | None:
        """Id of the control token spelled exactly so."""
        return self._control.get(text)

    @property
    def control_ids(self) -> Collection[int]:
        """Every control token."""
        return self._control.values()

    def masked_ids(self, vocabulary_size: int) -> tuple[int, ...]:
        """Ids that sampling must never choose.

        Args:
            vocabulary_size: number of logits the model gives; often more than there are tokens.
        """
        reserved = (token_id for token_id in self.reserved_ids if token_id < vocabulary_size)
        return (*sorted(reserved), *range(self.size, vocabulary_size))

    def _find_reserved(self, ids: Iterable[int]) -> frozenset[int]:
        named = {token_id for token_id in self._special if _RESERVED.search(self._added[token_id])}
        return frozenset(named | (set(range(self.size)) - set(ids)))

    def _find_bytes(self, token_id: int) -> bytes:
        if token_id in self._added:
            return self._added[token_id].encode()
        piece = self._backend.id_to_token(token_id) if 0 <= token_id < self.size else None
        return b"" if piece is None else self._piece_bytes(piece)

    def _separate(self, pieces: Iterable[str | int]) -> tuple[list[str], list[int]]:
        texts, inserted = [""], list[int]()
        for piece in pieces:
            if isinstance(piece, str):
                follows = not texts[-1] and inserted and inserted[-1] in self._strips_right
                texts[-1] += piece.lstrip() if follows else piece
                continue
            if piece in self._strips_left:
                texts[-1] = texts[-1].rstrip()
            inserted.append(piece)
            texts.append("")
        return texts, inserted


def _is_vocabulary(content: str) -> bool:
    """Whether an added token is ordinary text: a run of white space, or words without any punctuation."""
    return content.isspace() or content.replace(" ", "").isalnum()
