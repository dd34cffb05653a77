"""The Hugging Face Hub or a mirror: huggingface_hub says what there is, `Connections` fetch the bytes.

Every file is fetched by HTTP ranges from the hub's resolve address. That holds for files in Xet storage too,
for which the hub hands out a link to a bridge that speaks ranges (what HF_HUB_DISABLE_XET stands for).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
import huggingface_hub
from huggingface_hub import HfApi, constants, errors

from app import __version__
from app.download.protocol import Account, Found, Latest, Reference, RemoteFile, Resolution
from app.download.selection import select
from app.download.source import Body, Hindrance, Wanted
from app.download.sources import answers, tokens
from app.download.sources.connections import CONNECT_SECONDS, Address, Connections
from app.download.sources.environment import is_loopback
from app.errors import Offline, UsageError

T = TypeVar("T")
_LICENCE_TAG = "license:"
_BASE_MODEL_TAG = "base_model:"


class HubSource:
    """Repositories of models.

    Args:
        connections: fetch the bytes, and say how to connect.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.endpoint = (connections.settings.endpoint or constants.ENDPOINT).rstrip("/")
        self.host = urlsplit(self.endpoint).netloc
        if urlsplit(self.endpoint).scheme not in {"http", "https"} or not self.host:
            raise UsageError("{url} is no address.", "Correct the setting hub-endpoint.", url=self.endpoint)
        huggingface_hub.set_client_factory(self._client)

    def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """ONNX models for text generation that match a text, most fetched first; raises as `resolve` does."""

        def ask(api: HfApi) -> tuple[Found, ...]:
            models = api.list_models(
                search=text, filter=["onnx"], pipeline_tag="text-generation", sort="downloads", limit=limit
            )
            return tuple(_found(model) for model in models)

        return self._ask(f"{self.endpoint}/models", ask)

    def resolve(self, reference: Reference) -> Resolution:
        """What a repository holds, its revision pinned to a commit; see `Source.resolve`."""
        where = f"{self.endpoint}/{reference.name}"
        info = self._info(reference.name, reference.revision)
        files = [_file(sibling) for sibling in info.siblings or []]
        selection = select(files, reference.patterns, where)
        card: Any = info.card_data or {}
        return Resolution(
            reference=replace(reference, revision=info.sha or reference.revision),
            files=selection.files,
            licence=_text(card.get("license")) or _tagged(info.tags, _LICENCE_TAG),
            base_model=_text(card.get("base_model")) or _tagged(info.tags, _BASE_MODEL_TAG),
            gated=bool(info.gated),
            host=self.host,
            left_out=selection.left_out,
        )

    def latest(self, reference: Reference) -> Latest:
        """The commit that the repository's main branch is at."""
        commit = self._info(reference.name, "").sha or ""
        return Latest(commit, commit != reference.revision)

    def open(self, wanted: Wanted) -> Body:
        """Fetch a part of a file; see `Source.open`."""
        address = Address(self.address(wanted.reference, wanted.file), self._authorization())
        return self._connections.open(address, wanted.start, wanted.end, wanted.validator)

    def address(self, reference: Reference, file: RemoteFile) -> str:
        """The resolve address of a file."""
        return huggingface_hub.hf_hub_url(
            reference.name, file.path, revision=reference.revision, endpoint=self.endpoint
        )

    def account(self) -> Account:
        """Who the token belongs to; nobody when there is none."""
        token = self._token()
        return self._whoami(token) if token else Account()

    def sign_in(self, token: str) -> Account:
        """Ask the hub whose token it is, and keep it.

        Raises:
            RefusedByHost: the hub does not know it.
            AccessDenied: this computer's keyring cannot be used.
        """
        account = self._whoami(token)
        tokens.keep(self.host, token)
        return account

    def sign_out(self) -> None:
        """Forget the token."""
        tokens.delete(self.host)

    def close(self) -> None:
        """Close idle connections."""
        huggingface_hub.close_session()

    def _whoami(self, token: str) -> Account:
        data = self._ask(f"{self.endpoint}/api/whoami-v2", lambda api: api.whoami(token=token))
        return Account(str(data.get("name", "")))

    def _info(self, name: str, revision: str) -> huggingface_hub.ModelInfo:
        where = f"{self.endpoint}/{name}" + (f"/tree/{revision}" if revision else "")
        return self._ask(
            where, lambda api: api.model_info(name, revision=revision or None, files_metadata=True)
        )

    def _ask(self, where: str, question: Callable[[HfApi], T]) -> T:
        self._connections.require_online()
        api = HfApi(
            self.endpoint, token=self._token() or False, library_name="indoors", library_version=__version__
        )
        try:
            return question(api)
        except errors.GatedRepoError as error:
            raise answers.gated(where) from error
        except errors.RepositoryNotFoundError as error:
            raise answers.gone(where) from error
        except errors.RevisionNotFoundError as error:
            raise answers.gone(where) from error
        except errors.HfHubHTTPError as error:
            raise answers.refusal(error.response.status_code, error.response.headers, where) from error
        except errors.HFValidationError as error:
            raise UsageError("{name} is no model on the hub.", "Write PUBLISHER/NAME.", name=where) from error
        except errors.OfflineModeIsEnabled as error:
            raise Offline(
                "HF_HUB_OFFLINE is set, so no connection was attempted.", "Start the program without it."
            ) from error
        except httpx2.HTTPError as error:
            raise answers.no_connection(where, error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Hindrance(answers.unreachable(where, "the answer is not the hub's")) from error

    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            verify=self._connections.certificates,
            proxy=self._connections.settings.proxy or None,
            timeout=httpx2.Timeout(self._connections.stall_s, connect=CONNECT_SECONDS),
            follow_redirects=True,
        )

    def _token(self) -> str:
        """Kept for this very host; the environment's only goes to the host that the environment names."""
        if not self.endpoint.startswith("https:") and not is_loopback(self.endpoint):
            return ""
        if token := tokens.load(self.host):
            return token
        return (huggingface_hub.get_token() or "") if self.endpoint == constants.ENDPOINT else ""

    def _authorization(self) -> dict[str, str]:
        token = self._token()
        return {"Authorization": f"Bearer {token}"} if token else {}


def _file(sibling: Any) -> RemoteFile:
    checksum = sibling.lfs.sha256 if sibling.lfs else None
    return RemoteFile(sibling.rfilename, sibling.size, checksum, None if checksum else sibling.blob_id)


def _found(model: huggingface_hub.ModelInfo) -> Found:
    return Found(
        model.id,
        model.downloads or 0,
        _tagged(model.tags, _LICENCE_TAG),
        bool(model.gated),
        model.used_storage,
        tuple(model.tags or ()),
    )


def _tagged(tags: list[str] | None, start: str) -> str:
    return next((tag.removeprefix(start) for tag in tags or [] if tag.startswith(start)), "")


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""
