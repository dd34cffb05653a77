"""Keys of the server: seen once, kept as hashes."""

from __future__ import annotations

import hashlib

import pytest

from app.errors import StorageError, UsageError
from app.serving.keys import Keys


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path / "home" / "server-keys.json")


def test_a_key_is_random_and_only_its_hash_is_kept(keys, tmp_path):
    first, second = keys.create(" laptop "), keys.create("build")
    assert first != second
    assert len(first) > 40
    assert [key.name for key in keys.list()] == ["laptop", "build"]
    assert keys.list()[0].sha256 == hashlib.sha256(first.encode()).hexdigest()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert first.encode() not in kept
    assert first.removeprefix("indoors-").encode() not in kept


def test_a_revoked_key_is_gone(keys):
    keys.create("one")
    keys.create("two")
    keys.revoke("one")
    keys.revoke("none such")
    assert [key.name for key in keys.list()] == ["two"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_key_needs_a_name(keys, name):
    with pytest.raises(UsageError):
        keys.create(name)
    assert keys.list() == ()


def test_a_name_is_given_once(keys):
    keys.create("one")
    with pytest.raises(UsageError):
        keys.create("one")
    assert len(keys.list()) == 1


@pytest.mark.parametrize("content", ["{", "[1]", '[{"name": "x"}]', '{"a": 1}', "7"])
def test_a_damaged_file_is_said_and_never_read_as_no_keys(keys, content):
    keys._path.parent.mkdir(parents=True)
    keys._path.write_text(content, encoding="utf-8")
    with pytest.raises(StorageError):
        keys.list()
    with pytest.raises(StorageError):
        keys.create("one")
    assert keys._path.read_text(encoding="utf-8") == content
