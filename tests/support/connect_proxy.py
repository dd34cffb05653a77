"""A proxy on loopback that tunnels: it speaks CONNECT alone, and every name leads to the same port."""

from __future__ import annotations

import base64
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_PIECE = 64 << 10


@dataclass
class ConnectProxy:
    """What a test sets up and looks at.

    Attributes:
        port: where the proxy listens.
        target: the port on loopback that every tunnel leads to.
        login: NAME:PASSWORD that is asked for; empty: everybody may.
        asked: "HOST:PORT" of each request for a tunnel.
        seen: the first bytes that went through each tunnel.
    """

    port: int
    target: int
    login: str = ""
    asked: list[str] = field(default_factory=list)
    seen: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        login = f"{self.login}@" if self.login else ""
        return f"http://{login}127.0.0.1:{self.port}"

    def serve(self, client: socket.socket) -> None:
        """One connection, from its CONNECT to the end of the tunnel."""
        with client, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := client.recv(_PIECE)):
                    return
                head += piece
            method, wanted, _ = head.split(b"\r\n")[0].decode().split()
            if method != "CONNECT":
                client.sendall(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
                return
            self.asked.append(wanted)
            if not self._known(head):
                client.sendall(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                    b'Proxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n'
                )
                return
            with socket.create_connection(("127.0.0.1", self.target)) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                self._tunnel(client, server)

    def _known(self, head: bytes) -> bool:
        login = base64.b64encode(self.login.encode())
        return not self.login or b"basic " + login.lower() in head.lower()

    def _tunnel(self, client: socket.socket, server: socket.socket) -> None:
        first = True
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in selector.select():
                    assert isinstance(key.fileobj, socket.socket)
                    if not (piece := key.fileobj.recv(_PIECE)):
                        return
                    if first:
                        self.seen.append(piece)
                        first = False
                    key.data.sendall(piece)


@contextmanager
def running_proxy(target: int, login: str = "") -> Iterator[ConnectProxy]:
    """A proxy whose tunnels lead to a port on loopback, while the block lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    proxy = ConnectProxy(listening.getsockname()[1], target, login)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield proxy
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
