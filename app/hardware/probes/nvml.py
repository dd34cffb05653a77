"""Linux: NVIDIA adapters through the driver's own library, NVML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.hardware.machine import Adapter, AdapterKind, Fact, Unknown
from app.phrases import Phrase


class NvmlProbe:
    """Every adapter that NVIDIA's driver lists; none where there is no such driver.

    Args:
        library: `pynvml`, or what answers like it; None for the real one.
    """

    topic = Phrase("NVIDIA graphics adapters")

    def __init__(self, library: Any = None) -> None:
        self._library = library

    def look(self) -> Iterable[Fact]:
        """Ask NVML."""
        nvml = self._library or _pynvml()
        try:
            nvml.nvmlInit()
        except nvml.NVMLError_LibraryNotFound:
            return []
        except nvml.NVMLError as error:
            return [] if error.value == nvml.NVML_ERROR_DRIVER_NOT_LOADED else [_unknown(self.topic, error)]
        try:
            driver = _words(nvml.nvmlSystemGetDriverVersion())
            return [_adapter(nvml, number, driver) for number in range(nvml.nvmlDeviceGetCount())]
        except nvml.NVMLError as error:
            return [_unknown(self.topic, error)]
        finally:
            nvml.nvmlShutdown()


def _adapter(nvml: Any, number: int, driver: str) -> Adapter:
    handle = nvml.nvmlDeviceGetHandleByIndex(number)
    total, free = _memory(nvml, handle)
    bus = _words(nvml.nvmlDeviceGetPciInfo(handle).busId)
    return Adapter(
        name=_words(nvml.nvmlDeviceGetName(handle)),
        vendor="NVIDIA",
        kind=AdapterKind.DISCRETE,
        dedicated=total,
        free=free,
        driver=driver,
        address=bus.lower()[-len("0000:00:00.0") :],
        sources=("NVML",),
    )


def _memory(nvml: Any, handle: Any) -> tuple[int | None, int | None]:
    """All and free; chips that share the computer's memory have none to tell of."""
    try:
        memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    except nvml.NVMLError:
        return None, None
    return int(memory.total), int(memory.free)


def _unknown(topic: Phrase, error: Exception) -> Unknown:
    return Unknown(topic, Phrase.of("NVML answers: {error}", error=error))


def _words(text: str | bytes) -> str:
    return text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text


def _pynvml() -> Any:
    import pynvml

    return pynvml
