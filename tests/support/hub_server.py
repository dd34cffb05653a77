"""A hub on this computer's loopback: enough of the Hub's HTTP interface for the real huggingface_hub client.

Run it by hand: `python -m tests.support.hub_server FOLDER` serves a folder as the repository tests/model.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.hub_faults import Fault, Faults
from tests.support.hub_repositories import Repository, blob_id, is_lfs, sha256

TOKEN = "hf_right"
_PIECE = 16 << 10
_API = re.compile(r"/api/models/([^/]+/[^/]+)(?:/(revision|tree)/([^/]+))?")
_RESOLVE = re.compile(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")


@dataclass(frozen=True)
class Sent:
    """Bytes of a file that went out: which file, from where to where."""

    path: str
    start: int
    end: int


class HubServer(ThreadingHTTPServer):
    """The server; its state is set up and looked at by tests.

    Attributes:
        repositories: by name.
        plain: files at /plain/NAME.
        faults: what goes wrong.
        bytes_per_s: each connection's rate; 0 for as fast as it goes.
        link_uses: how often a temporary link works; 0 for always.
        requests: method and path of each request.
        sent: what went out.
    """

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, secure: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if secure else "http"
        if secure is not None:
            self.socket = secure.wrap_socket(self.socket, server_side=True)
        self.repositories: dict[str, Repository] = {}
        self.plain: dict[str, bytes] = {}
        self.etags: dict[str, str] = {}
        self.faults = Faults()
        self.bytes_per_s = 0
        self.link_uses = 0
        self.requests: list[str] = []
        self.sent: list[Sent] = []
        self.authorized: list[str] = []
        self.links: dict[str, int] = {}
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self.connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def add(self, repository: Repository) -> Repository:
        self.repositories[repository.name] = repository
        return repository

    def sent_bytes(self) -> int:
        with self.lock:
            return sum(sent.end - sent.start for sent in self.sent)

    def sent_twice(self) -> int:
        """Bytes that went out again, for all files together."""
        with self.lock:
            sent = sorted(self.sent, key=lambda item: (item.path, item.start))
        twice, path, reached = 0, "", 0
        for item in sent:
            if item.path != path:
                path, reached = item.path, 0
            twice += max(0, min(reached, item.end) - item.start)
            reached = max(reached, item.end)
        return twice

    def end(self) -> None:
        """Stop, and break off whatever is under way."""
        self.shutdown()
        self.ending.set()
        with self.lock:
            connections = list(self.connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
                if (
                    sys.platform == "win32"
                ):  # there who waits for bytes is woken by the end of the handle alone
                    socket.close(connection.detach())
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are the point of some tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HubServer

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections.add(self.request)
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 << 10)
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def finish(self) -> None:
        with self.server.lock:
            self.server.connections.discard(self.request)
        with suppress(OSError):
            super().finish()

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        with self.server.lock:
            self.server.requests.append(f"{self.command} {path}")
        fault = self.server.faults.next_for(path)
        if fault.delay_s:
            self.server.ending.wait(fault.delay_s)
        if fault.status:
            self._send(fault.status, b"{}", fault.headers)
        elif path == "/api/whoami-v2":
            self._whoami()
        elif path == "/api/models":
            self._search(parse_qs(parts.query))
        elif match := _API.fullmatch(path):
            self._describe(match, blobs="blobs" in parse_qs(parts.query))
        elif path.startswith("/cdn/"):
            self._linked(path.removeprefix("/cdn/"), parts.query, fault)
        elif path.startswith("/plain/"):
            self._plain(path.removeprefix("/plain/"), fault)
        elif match := _RESOLVE.fullmatch(path):
            self._resolve(match[1], match[2], match[3], fault)
        else:
            self._send(404, b"{}")

    def _whoami(self) -> None:
        if self._token() != TOKEN:
            self._send(401, b'{"error": "Invalid credentials in Authorization header"}')
        else:
            self._json({"type": "user", "name": "somebody", "fullname": "Some Body", "orgs": [], "auth": {}})

    def _search(self, query: dict[str, list[str]]) -> None:
        text, wanted = query.get("search", [""])[0].lower(), query.get("filter", [])
        found = [
            repository.info("main", blobs=False)
            for repository in self.server.repositories.values()
            if text in repository.name.lower()
            and not repository.private
            and all(tag in repository.tags for each in wanted for tag in each.split(","))
        ]
        found.sort(key=lambda info: -info["downloads"])
        self._json(found[: int(query.get("limit", ["20"])[0])])

    def _describe(self, match: re.Match[str], *, blobs: bool) -> None:
        name, kind, revision = match[1], match[2], match[3] or "main"
        repository = self._permitted(name, listing=True)
        if repository is None:
            return
        if repository.at(revision) is None:
            self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        elif kind == "tree":
            self._json(repository.tree(revision))
        else:
            self._json(repository.info(revision, blobs=blobs))

    def _permitted(self, name: str, *, listing: bool) -> Repository | None:
        """The repository, if it exists and this client may see it; otherwise the refusal is sent."""
        repository = self.server.repositories.get(name)
        known = self._token() == TOKEN
        if repository is None or (repository.private and not known):
            self._send(401 if repository is None else 404, b"{}", {"X-Error-Code": "RepoNotFound"})
            return None
        if repository.gated and not known and not listing:
            self._send(403, b"{}", {"X-Error-Code": "GatedRepo"})
            return None
        return repository

    def _resolve(self, name: str, revision: str, path: str, fault: Fault) -> None:
        repository = self._permitted(name, listing=False)
        if repository is None:
            return
        data = (repository.at(revision) or {}).get(path)
        if data is None:
            self._send(404, b"{}", {"X-Error-Code": "EntryNotFound"})
            return
        commit = {"X-Repo-Commit": repository.id_of(revision)}
        if not is_lfs(data):
            self._file(path, data, f'"{blob_id(data)}"', fault, commit)
            return
        checksum = sha256(data)
        number = self._new_link(checksum)
        headers = {
            "Location": f"/cdn/{checksum}?{number}&name={path}",
            "X-Linked-Etag": f'"{checksum}"',
            "X-Linked-Size": str(len(data)),
        }
        self._send(302, b"", commit | headers)

    def _new_link(self, checksum: str) -> str:
        with self.server.lock:
            number = f"link={len(self.server.links)}"
            self.server.links[f"{checksum}?{number}"] = 0
        return number

    def _linked(self, checksum: str, query: str, fault: Fault) -> None:
        if "Authorization" in self.headers:
            self.server.authorized.append(self.path)
        key = f"{checksum}?{query.partition('&')[0]}"
        with self.server.lock:
            self.server.links[key] = self.server.links.get(key, 0) + 1
            expired = self.server.link_uses and self.server.links[key] > self.server.link_uses
        if expired:
            self._send(403, b"<Error>Request has expired</Error>")
            return
        for repository in self.server.repositories.values():
            for files in repository.commits.values():
                for path, data in files.items():
                    if is_lfs(data) and sha256(data) == checksum:
                        self._file(path, data, f'"{checksum[:32]}"', fault)
                        return
        self._send(404, b"{}")

    def _plain(self, name: str, fault: Fault) -> None:
        data = self.server.plain.get(name)
        if data is None:
            self._send(404, b"")
        else:
            etag = self.server.etags.get(name, f'"{sha256(data)[:16]}"')
            self._file(name, data, etag, fault)

    def _file(
        self, path: str, data: bytes, etag: str, fault: Fault, headers: dict[str, str] | None = None
    ) -> None:
        start, end, partial = self._range(len(data), etag, fault)
        if start >= len(data) > 0:
            self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
            return
        said = {"ETag": etag, "Accept-Ranges": "bytes", **(headers or {}), **fault.headers}
        size = len(data) - fault.short_by
        end = min(end, size)
        if partial:
            said["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        self.send_response(206 if partial else 200)
        for key, value in said.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(max(end - start, 0)))
        self.end_headers()
        if self.command == "GET":
            self._body(path, data, start, end, fault)

    def _range(self, size: int, etag: str, fault: Fault) -> tuple[int, int, bool]:
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if match is None or fault.no_ranges or self.headers.get("If-Range", etag) != etag:
            return 0, size, False
        return int(match[1]), min(int(match[2]) + 1, size) if match[2] else size, True

    def _body(self, path: str, data: bytes, start: int, end: int, fault: Fault) -> None:
        position, begun = start, time.monotonic()
        stop = end - fault.cut_by
        try:
            while position < stop:
                piece = data[position : min(position + _PIECE, stop)]
                if fault.flip_at is not None and position <= fault.flip_at < position + len(piece):
                    at = fault.flip_at - position
                    piece = piece[:at] + bytes([piece[at] ^ 0xFF]) + piece[at + 1 :]
                if fault.reset_after is not None and position - start >= fault.reset_after:
                    self._reset()
                    return
                if fault.stall_after is not None and position - start >= fault.stall_after:
                    self.server.ending.wait(fault.stall_s)
                    self.close_connection = True
                    return
                self.wfile.write(piece)
                position += len(piece)
                if self.server.bytes_per_s:
                    ahead = (position - start) / self.server.bytes_per_s - (time.monotonic() - begun)
                    self.server.ending.wait(max(ahead, 0))
        except OSError:
            self.close_connection = True
        finally:
            with self.server.lock:
                self.server.sent.append(Sent(path, start, position))
        if fault.cut_by:
            self.close_connection = True

    def _reset(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()
        self.close_connection = True

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@contextmanager
def running_hub(secure: ssl.SSLContext | None = None) -> Iterator[HubServer]:
    """A hub while the block lasts; with a certificate it speaks HTTPS."""
    server = HubServer(secure)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join()


def main() -> None:
    folder = Path(sys.argv[1])
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    with running_hub() as server:
        server.add(Repository("tests/model", files))
        print(f"HF_ENDPOINT={server.url}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
