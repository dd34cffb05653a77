"""The downloader beside curl: the same server on loopback, the same file, in turn.

    python -m tests.performance.download --bytes 1000000000 --rounds 3

Both write to the same disk. The downloader also keeps its journal, reads the file back while it arrives,
checks its sha256 and brings it onto the disk before it hands it over; so that is done to curl's file too.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from app.download.client import DownloadClient
from app.download.protocol import DownloadState, Order, Reference, RemoteFile

_SEND_BYTES = 16 << 20
_HEADER_BYTES = 64 << 10


class FileServer:
    """Serves one file with `sendfile`, so that it costs next to nothing.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = path.stat().st_size
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/model.onnx"

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, self._path.open("rb") as file:
            pending = b""
            while data := connection.recv(_HEADER_BYTES):
                pending += data
                while b"\r\n\r\n" in pending:
                    head, pending = pending.split(b"\r\n\r\n", 1)
                    self._answer(connection, file.fileno(), head)

    def _answer(self, connection: socket.socket, file: int, head: bytes) -> None:
        match = re.search(rb"(?i)range: bytes=(\d+)-(\d*)", head)
        start, end = (int(match[1]), int(match[2] or self._size - 1) + 1) if match else (0, self._size)
        status = b"206 Partial Content" if match else b"200 OK"
        connection.sendall(
            b'HTTP/1.1 %s\r\nETag: "one"\r\nAccept-Ranges: bytes\r\n'
            b"Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n"
            % (status, start, end - 1, self._size, end - start)
        )
        while start < end:
            start += os.sendfile(connection.fileno(), file, start, min(end - start, _SEND_BYTES))


def curl(url: str, folder: Path) -> tuple[float, float]:
    """Seconds until curl has ended, and until its file is also hashed and on the disk itself."""
    path = folder / "curl.bin"
    begun = time.perf_counter()
    subprocess.run(["curl", "--silent", "--fail", "--output", path, url], check=True)
    fetched = time.perf_counter() - begun
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
        os.fsync(file.fileno())
    whole = time.perf_counter() - begun
    path.unlink()
    return fetched, whole


async def manager(url: str, folder: Path, checksum: str, size: int) -> tuple[float, float, int]:
    """Seconds until all bytes arrived, until the model is in place, and the most memory held, in bytes."""
    arrived, peak = 0.0, 0
    async with DownloadClient(folder / "home") as client:
        await client.list()
        child = psutil.Process(client.pid or 0)
        begun = time.perf_counter()
        expected = (RemoteFile("model.onnx", size, checksum),)
        await client.add(Order(Reference("url", url), "model", expected=expected))
        async for (download,) in client.watch():
            peak = max(peak, child.memory_info().rss)
            now = time.perf_counter() - begun
            if download.state in {DownloadState.VERIFYING, DownloadState.COMPLETED} and not arrived:
                arrived = now
            if download.state.ended:
                if download.error:
                    raise SystemExit(str(download.error))
                return arrived, now, peak
    raise SystemExit("the downloader ended")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_000_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to write")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        served = folder / "served.bin"
        digest = hashlib.sha256()
        with served.open("wb") as file:
            for _ in range(options.bytes // 1_000_000):
                data = b"\x08" + os.urandom(999_999)
                digest.update(data)
                file.write(data)
        os.sync()  # what the system still writes would slow the first round
        url = FileServer(served).url
        for _ in range(options.rounds):
            fetched, checked = curl(url, folder)
            arrived, whole, peak = asyncio.run(
                manager(url, folder, digest.hexdigest(), served.stat().st_size)
            )
            shutil.rmtree(folder / "home")
            print(
                f"last byte: curl {fetched:.2f} s, downloader {arrived:.2f} s ({fetched / arrived:.2f}); "
                f"hashed and on the disk: {checked:.2f} s, {whole:.2f} s ({checked / whole:.2f}); "
                f"peak {peak / 1e6:.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    sys.exit(main())
