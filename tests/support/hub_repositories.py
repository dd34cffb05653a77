"""Repositories of the hub server: commits, files, what the hub says of them."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

LFS_FROM_BYTES = 10_000


def content(size: int, seed: int = 0) -> bytes:
    """Bytes that do not compress and look like no program."""
    return b"\x08" + random.Random(seed).randbytes(size - 1) if size else b""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def blob_id(data: bytes) -> str:
    """What git calls a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def is_lfs(data: bytes) -> bool:
    return len(data) >= LFS_FROM_BYTES


@dataclass
class Repository:
    """A model on the hub; `files` at its newest commit, earlier ones stay under their ids."""

    name: str
    files: dict[str, bytes]
    gated: bool = False
    private: bool = False
    licence: str = "apache-2.0"
    base_model: str = "openai/gpt-oss-20b"
    tags: list[str] = field(default_factory=lambda: ["onnx", "text-generation"])
    downloads: int = 7
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.commit(self.files)

    def commit(self, files: dict[str, bytes]) -> str:
        """Publish new content; gives the commit's id."""
        listing = "".join(f"{path}{sha256(data)}" for path, data in sorted(files.items()))
        self.head = hashlib.sha1(listing.encode(), usedforsecurity=False).hexdigest()
        self.files = self.commits[self.head] = dict(files)
        return self.head

    def at(self, revision: str) -> dict[str, bytes] | None:
        return self.files if revision in {"main", "HEAD"} else self.commits.get(revision)

    def id_of(self, revision: str) -> str:
        return self.head if revision in {"main", "HEAD"} else revision

    def info(self, revision: str, *, blobs: bool) -> dict[str, Any]:
        """What `GET /api/models/NAME` answers."""
        files = self.at(revision) or {}
        return {
            "_id": "1",
            "id": self.name,
            "modelId": self.name,
            "sha": self.id_of(revision),
            "gated": "auto" if self.gated else False,
            "private": self.private,
            "disabled": False,
            "downloads": self.downloads,
            "likes": 1,
            "tags": [*self.tags, f"license:{self.licence}", f"base_model:{self.base_model}"],
            "pipeline_tag": "text-generation",
            "library_name": "transformers.js",
            "cardData": {"license": self.licence, "base_model": self.base_model},
            "siblings": [_sibling(path, data, blobs=blobs) for path, data in files.items()],
        }

    def tree(self, revision: str) -> list[dict[str, Any]]:
        """What `GET /api/models/NAME/tree/REVISION` answers."""
        return [
            {"type": "file", "path": path, "size": len(data), "oid": blob_id(data)}
            | ({"lfs": {"oid": sha256(data), "size": len(data), "pointerSize": 134}} if is_lfs(data) else {})
            for path, data in (self.at(revision) or {}).items()
        ]


def _sibling(path: str, data: bytes, *, blobs: bool) -> dict[str, Any]:
    sibling: dict[str, Any] = {"rfilename": path}
    if blobs:
        sibling |= {"size": len(data), "blobId": blob_id(data)}
        if is_lfs(data):
            sibling["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
    return sibling
