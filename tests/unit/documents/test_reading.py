from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from app.documents.reading import read_document
from app.documents.text import LARGEST_FILE, text_of
from app.errors import StorageError, UsageError, WorkerDied


def pdf(*lines: str) -> bytes:
    """A PDF of one page for each line, written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for line in lines:
        stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET" if line else ""
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {number + 1} 0 R /Resources << /Font << /F1"
            " << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} /MediaBox [0 0 612 792] >>"
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("secret"))))
    writer.encrypt("password", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"plain\r\ntext\n", "plain\ntext\n"),
        ("naïve 東京".encode(), "naïve 東京"),
        ("\ufeffwith a mark".encode(), "with a mark"),
        ("sixteen ü".encode("utf-16"), "sixteen ü"),
        ("thirty-two ü".encode("utf-32"), "thirty-two ü"),
        ("Gr\xfc\xdfe – old".encode("cp1252"), "Grüße – old"),
        (b"", ""),
        (pdf("Hello page one", "Page two"), "Hello page one\n\nPage two"),
    ],
)
def test_texts(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    assert text_of(path) == text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\0\0", "not a text file"),
        (b"PK\x03\x04\x14\0\0\0", "not a text file"),
        (pdf(""), "holds no text"),
        (locked_pdf(), "password"),
        (pdf("x")[:120], "damaged PDF"),
        (b"%PDF-1.7\n" + b"\xff" * 500, "damaged PDF"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "strange.pdf"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=told) as caught:
        text_of(path)
    assert "strange.pdf" in caught.value.message
    assert caught.value.hint


def test_folders_giants_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        text_of(tmp_path)
    giant = tmp_path / "giant.log"
    with giant.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UsageError, match="larger than 32 MiB"):
        text_of(giant)
    with pytest.raises(StorageError, match="nowhere"):
        text_of(tmp_path / "nowhere.txt")


async def test_a_child_reads_and_explains(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Grüße\n", encoding="utf-8")
    assert await read_document(path) == "# Grüße\n"
    with pytest.raises(StorageError, match="nowhere"):
        await read_document(tmp_path / "nowhere.md")


async def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(UsageError, match="took longer"):
        await read_document(tmp_path / "slow.pdf", 0.3, command)


async def test_a_child_that_dies_or_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkerDied, match="its reader ended"):
        await read_document(tmp_path / "x.pdf", command=[sys.executable, "-c", "import os; os._exit(9)"])
    with pytest.raises(WorkerDied, match="could not be read"):
        await read_document(tmp_path / "x.pdf", command=[str(tmp_path / "no-program")])
