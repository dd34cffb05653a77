"""A tensor inside a file of weights, read by slices.

Slices come through plain file reads: mapped pages of a large file would count as this process's memory, and a
mapped file that becomes shorter ends the process.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelDamaged, UnsupportedModel, from_os_error


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor lies.

    Attributes:
        path: the file.
        name: of the tensor, for errors.
        dtype: element type; None for one that is not known here.
        shape: as stored.
        offset: of the first byte in the file.
    """

    path: Path
    name: str
    dtype: np.dtype[Any] | None
    shape: tuple[int, ...]
    offset: int

    def read(self, first: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Read a range of the leading dimension, all of it by default.

        Raises:
            ModelDamaged: the file became shorter.
            UnsupportedModel: the element type is not known here.
            StorageError: the file system refused.
        """
        if self.dtype is None:
            raise UnsupportedModel(
                "{path} stores {name} in a data type that cannot be converted.",
                "Use a checkpoint with bf16, fp16, fp32 or MXFP4 weights.",
                path=self.path,
                name=self.name,
            )
        stop = self.shape[0] if stop is None else min(stop, self.shape[0])
        row = math.prod(self.shape[1:])
        result = np.empty((stop - first, *self.shape[1:]), self.dtype)
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset + first * row * self.dtype.itemsize)
                count = file.readinto(result.reshape(-1).view(np.uint8).data)
        except OSError as error:
            raise from_os_error(error, "reading the checkpoint") from error
        if count != result.nbytes:
            raise ModelDamaged(
                "{path} is cut short inside {name}.",
                "Fetch the checkpoint again.",
                path=self.path,
                name=self.name,
            )
        return result
