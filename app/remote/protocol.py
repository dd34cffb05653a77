"""What is asked of the remote process; the frames are the worker's (`app.process.messages`)."""

from __future__ import annotations

from enum import StrEnum

from app.process.messages import CANCEL


class Method(StrEnum):
    """Everything it can be asked; `url` is an endpoint's base address, as `https://name/v1`."""

    MODELS = "models"  # url; key (else the keyring's) -> models: [id]
    RESPOND = "respond"  # url, model, and a Responses API request -> its events; done as the worker's
    KEEP_KEY = "keep_key"  # url, key
    FORGET_KEY = "forget_key"  # url
    CANCEL = CANCEL  # target
