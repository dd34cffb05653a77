"""The hub's access token: in the system's keyring, under the name of the host it is for."""

from __future__ import annotations

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from app.errors import AccessDenied

_SERVICE = "Indoors"


def load(host: str) -> str:
    """The token kept for a host; empty where there is none, or no keyring."""
    try:
        return keyring.get_password(_SERVICE, host) or ""
    except KeyringError:
        return ""


def keep(host: str, token: str) -> None:
    """Keep a token.

    Raises:
        AccessDenied: this computer has no keyring, or it is locked.
    """
    try:
        keyring.set_password(_SERVICE, host, token)
    except KeyringError as error:
        raise _no_keyring() from error


def delete(host: str) -> None:
    """Delete the token, if there is one.

    Raises:
        AccessDenied: the keyring is locked.
    """
    try:
        keyring.delete_password(_SERVICE, host)
    except PasswordDeleteError:
        return
    except KeyringError as error:
        raise _no_keyring() from error


def _no_keyring() -> AccessDenied:
    return AccessDenied(
        "This computer's keyring cannot be used.",
        "Unlock it; or set HF_TOKEN in the environment before the program starts.",
    )
