"""How the models are configured."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Loose(BaseModel):
    """What a client sends: unknown fields are ignored, null means absent."""

    model_config = ConfigDict(extra="allow")


class Strict(BaseModel):
    """What the server says: every field, and no other."""

    model_config = ConfigDict(extra="forbid", strict=True)
