"""A file's text, whatever its encoding; a PDF's, page by page. Runs in the child that `reading.py` starts."""

from __future__ import annotations

import codecs
from pathlib import Path

from app.errors import UsageError, from_os_error

LARGEST_FILE = 32 << 20
LARGEST_TEXT = 8_000_000  # characters; many times what the longest context holds

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 8192


def text_of(path: Path) -> str:
    """Read a file.

    Raises:
        UsageError: it is no text, too long, protected, or damaged.
        StorageError: it cannot be read.
    """
    try:
        if path.is_dir():
            raise UsageError("{name} is a folder.", "Attach the files in it one by one.", name=path.name)
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError("{name} is larger than 32 MiB.", "Attach a part of it.", name=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise from_os_error(error, "reading the attachment") from error
    text = _pdf(path) if b"%PDF-" in content[:1024] else _decoded(content, path.name)
    if len(text) > LARGEST_TEXT:
        raise UsageError(
            "{name} holds more than 8 million characters.", "Attach a part of it.", name=path.name
        )
    return text.replace("\r\n", "\n")


def _decoded(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:_LOOKED_AT]:
        raise UsageError(
            "{name} is not a text file.", "Text, Markdown, code, CSV and PDF can be attached.", name=name
        )
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what programs on Windows have written for decades


def _pdf(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        pages = [page.extract_text().strip() for page in PdfReader(path).pages]
    except FileNotDecryptedError as error:
        raise UsageError(
            "{name} is protected by a password.", "Save a copy without it.", name=path.name
        ) from error
    except Exception as error:  # pypdf lets whatever a damaged file causes through
        reason = str(error) or type(error).__name__
        raise UsageError(
            "{name} is a damaged PDF: {reason}.", "Save it anew.", name=path.name, reason=reason[:200]
        ) from error
    if not any(pages):
        raise UsageError(
            "{name} holds no text; it may be a scan.", "Run text recognition over it.", name=path.name
        )
    return "\n\n".join(page for page in pages if page)
