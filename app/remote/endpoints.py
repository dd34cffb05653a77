"""The places elsewhere that can be asked, as a small file; their keys are in the system's keyring."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path

from app.addresses import host_of, is_loopback
from app.errors import StorageError, UsageError, from_os_error
from app.files import write_whole

_AT = " @ "
_LONGEST_NAME = 40
_INNER_ENDINGS = (".local", ".lan", ".internal", ".intranet", ".home.arpa")


@dataclass(frozen=True)
class Endpoint:
    """A place that speaks the Responses API.

    Attributes:
        name: what its user calls it.
        url: its base address, as `https://name/v1`; `/responses` follows.
        models: ids of the models to ask there.
    """

    name: str
    url: str
    models: tuple[str, ...]

    @property
    def host(self) -> str:
        """Who is asked."""
        return host_of(self.url)

    def model_id(self, model: str) -> str:
        """What one of its models is called among all models: never the name of a folder."""
        return f"{model}{_AT}{self.name}"


class Endpoints:
    """The endpoints in a file.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def list(self) -> tuple[Endpoint, ...]:
        """All of them.

        Raises:
            StorageError: the file cannot be read.
        """
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(
                Endpoint(str(one["name"]), str(one["url"]), tuple(map(str, one["models"]))) for one in content
            )
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise from_os_error(error, "reading the list of endpoints") from error
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(
                "{path} does not hold a list of endpoints.",
                "Delete it, and add the endpoints again.",
                path=self._path,
            ) from error

    def find(self, model_id: str) -> tuple[Endpoint, str] | None:
        """The endpoint that a model's id names, and what the model is called there; None for no such.

        Raises:
            StorageError: the file cannot be read.
        """
        model, at, name = model_id.rpartition(_AT)
        return next(((one, model) for one in self.list() if at and one.name == name), None)

    def add(self, endpoint: Endpoint) -> None:
        """Put an endpoint into the list.

        Raises:
            UsageError: the name, the address or the models do not do.
            StorageError: the file cannot be read or written.
        """
        self.check(endpoint)
        self._write((*self.list(), endpoint))

    def check(self, endpoint: Endpoint) -> None:
        """Raise UsageError where an endpoint cannot be added as it is described.

        Raises:
            StorageError: the file cannot be read.
        """
        if not 0 < len(endpoint.name) <= _LONGEST_NAME or _AT.strip() in endpoint.name:
            raise UsageError(
                "An endpoint needs a name of at most {most} characters, without @.",
                "Name it.",
                most=_LONGEST_NAME,
            )
        if any(one.name == endpoint.name for one in self.list()):
            raise UsageError(
                "There is an endpoint {name} already.", "Choose another name.", name=endpoint.name
            )
        require_safe(endpoint.url)
        if not endpoint.models:
            raise UsageError("The endpoint {name} has no models.", "Name one at least.", name=endpoint.name)

    def remove(self, name: str) -> None:
        """Take an endpoint off the list.

        Raises:
            StorageError: the file cannot be read or written.
        """
        self._write([one for one in self.list() if one.name != name])

    def _write(self, endpoints: Sequence[Endpoint]) -> None:
        text = json.dumps([asdict(one) for one in endpoints], indent=2, ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, text)
        except OSError as error:
            raise from_os_error(error, "writing the list of endpoints") from error


def require_safe(url: str) -> None:
    """Raise UsageError for an address that is none, or over which a conversation could be read by others."""
    host = host_of(url)
    if url.startswith("https://") and host and "@" not in url:
        return
    if url.startswith("http://") and "@" not in url and _is_inside(host):
        return
    raise UsageError(
        "{url} is no address that can be asked.",
        "Give one that begins with https://; http:// does only inside your own network.",
        url=url[:200],
    )


def _is_inside(host: str) -> bool:
    """Whether a host is this computer, or of the network it stands in, as far as its name tells."""
    if is_loopback(host):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.lower().endswith(_INNER_ENDINGS))
