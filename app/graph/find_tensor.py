"""A tensor of a file of weights, if it is there and as large as the model's settings say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from app.errors import ModelDamaged


class Shaped(Protocol):
    """A tensor's description."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Output dimension first."""
        ...


T = TypeVar("T", bound=Shaped)


def find_tensor(tensors: Mapping[str, T], name: str, shape: tuple[int, ...], holder: Path, again: str) -> T:
    """The tensor of this name.

    Args:
        tensors: all of them by name.
        name: which one.
        shape: what the model's settings ask for.
        holder: the file or folder they are in, for errors.
        again: how to get it anew.

    Raises:
        ModelDamaged: there is none, or its shape is another.
    """
    if (found := tensors.get(name)) is None:
        raise ModelDamaged("{path} lacks the tensor {name}.", again, path=holder, name=name)
    if found.shape != shape:
        raise ModelDamaged(
            "{path}: {name} has the shape {found}, the model's settings ask for {wanted}.",
            again,
            path=holder,
            name=name,
            found=list(found.shape),
            wanted=list(shape),
        )
    return found
