"""Linux: graphics adapters through the Vulkan loader.

It knows the memory of those whose drivers tell nothing in sysfs. Layouts: vulkan_core.h 1.3; extensions:
VK_EXT_memory_budget and VK_EXT_pci_bus_info.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from app.hardware.machine import Adapter, AdapterKind, Fact
from app.hardware.probes.probe import vendor_name
from app.phrases import Phrase

_API_1_1 = 1 << 22 | 1 << 12
_INSTANCE_INFO, _APPLICATION_INFO = 1, 0
_PROPERTIES_2, _MEMORY_PROPERTIES_2 = 1000059001, 1000059006
_PCI_BUS_INFO, _MEMORY_BUDGET = 1000212000, 1000237000
_KINDS = {
    1: AdapterKind.INTEGRATED,
    2: AdapterKind.DISCRETE,
    3: AdapterKind.SOFTWARE,
    4: AdapterKind.SOFTWARE,
}
_DEVICE_LOCAL = 1
_MOST_DEVICES = 32
_MOST_EXTENSIONS = 1024
_NVIDIA = 0x10DE


class _ApplicationInfo(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("version", ctypes.c_uint32),
        ("engine", ctypes.c_char_p),
        ("engine_version", ctypes.c_uint32),
        ("api", ctypes.c_uint32),
    )


class _InstanceInfo(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("flags", ctypes.c_uint32),
        ("application", ctypes.POINTER(_ApplicationInfo)),
        ("layers", ctypes.c_uint32),
        ("layer_names", ctypes.c_void_p),
        ("extensions", ctypes.c_uint32),
        ("extension_names", ctypes.c_void_p),
    )


class _PciBusInfo(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("domain", ctypes.c_uint32),
        ("bus", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("function", ctypes.c_uint32),
    )


class _Properties2(ctypes.Structure):
    """VkPhysicalDeviceProperties2; what follows the name is not read, only given room."""

    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("api", ctypes.c_uint32),
        ("driver", ctypes.c_uint32),
        ("vendor", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("device_kind", ctypes.c_int32),
        ("name", ctypes.c_char * 256),
        ("rest", ctypes.c_uint64 * 256),
    )


class _MemoryType(ctypes.Structure):
    _fields_ = (("flags", ctypes.c_uint32), ("heap", ctypes.c_uint32))


class _Heap(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint64), ("flags", ctypes.c_uint32))


class _Budget(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("budget", ctypes.c_uint64 * 16),
        ("usage", ctypes.c_uint64 * 16),
    )


class _MemoryProperties2(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int32),
        ("next", ctypes.c_void_p),
        ("types", ctypes.c_uint32),
        ("memory_types", _MemoryType * 32),
        ("heap_count", ctypes.c_uint32),
        ("heaps", _Heap * 16),
    )


class _Extension(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char * 256), ("version", ctypes.c_uint32))


class VulkanProbe:
    """Every physical device that the loader lists; none where there is no loader.

    Args:
        loader: the library's name or path.
    """

    topic = Phrase("Graphics adapters that only Vulkan knows")

    def __init__(self, loader: str = "libvulkan.so.1") -> None:
        self._loader = loader

    def look(self) -> Iterable[Fact]:
        """Ask the loader.

        Raises:
            OSError: it refuses.
        """
        try:
            vulkan = ctypes.CDLL(self._loader)
        except OSError:
            return []
        with _instance(vulkan) as instance:
            return [_adapter(vulkan, device) for device in _devices(vulkan, instance)]


@contextmanager
def _instance(vulkan: Any) -> Iterator[ctypes.c_void_p]:
    application = _ApplicationInfo(_APPLICATION_INFO, None, b"indoors", 0, None, 0, _API_1_1)
    info = _InstanceInfo(_INSTANCE_INFO, None, 0, ctypes.pointer(application), 0, None, 0, None)
    instance = ctypes.c_void_p()
    _check(vulkan.vkCreateInstance(ctypes.byref(info), None, ctypes.byref(instance)), "vkCreateInstance")
    try:
        yield instance
    finally:
        vulkan.vkDestroyInstance(instance, None)


def _devices(vulkan: Any, instance: ctypes.c_void_p) -> list[ctypes.c_void_p]:
    count = ctypes.c_uint32(_MOST_DEVICES)
    found = (ctypes.c_void_p * _MOST_DEVICES)()
    code = vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), found)
    _check(code, "vkEnumeratePhysicalDevices")
    return [ctypes.c_void_p(device) for device in found[: count.value]]


def _adapter(vulkan: Any, device: ctypes.c_void_p) -> Adapter:
    extensions = _extensions(vulkan, device)
    bus = _PciBusInfo(kind=_PCI_BUS_INFO)
    properties = _Properties2(kind=_PROPERTIES_2)
    if b"VK_EXT_pci_bus_info" in extensions:
        properties.next = ctypes.addressof(bus)
    vulkan.vkGetPhysicalDeviceProperties2(device, ctypes.byref(properties))
    kind = _KINDS.get(properties.device_kind, AdapterKind.UNKNOWN)
    size, free = _memory(vulkan, device, has_budget=b"VK_EXT_memory_budget" in extensions)
    integrated = kind is AdapterKind.INTEGRATED
    return Adapter(
        name=properties.name.decode("utf-8", errors="replace"),
        vendor=vendor_name(properties.vendor),
        kind=kind,
        dedicated=None if integrated else size,
        shared=size if integrated else None,
        free=free,
        driver=_version(properties.vendor, properties.driver),
        address=_address(bus) if properties.next else "",
        sources=("Vulkan",),
    )


def _extensions(vulkan: Any, device: ctypes.c_void_p) -> set[bytes]:
    count = ctypes.c_uint32(_MOST_EXTENSIONS)
    found = (_Extension * _MOST_EXTENSIONS)()
    vulkan.vkEnumerateDeviceExtensionProperties(device, None, ctypes.byref(count), found)
    return {extension.name for extension in found[: count.value]}


def _memory(vulkan: Any, device: ctypes.c_void_p, *, has_budget: bool) -> tuple[int | None, int | None]:
    """Size of the memory nearest to the device, and what is free of it where the driver keeps account."""
    budget, memory = _Budget(kind=_MEMORY_BUDGET), _MemoryProperties2(kind=_MEMORY_PROPERTIES_2)
    if has_budget:
        memory.next = ctypes.addressof(budget)
    vulkan.vkGetPhysicalDeviceMemoryProperties2(device, ctypes.byref(memory))
    near = [heap for heap in range(memory.heap_count) if memory.heaps[heap].flags & _DEVICE_LOCAL]
    if not near:
        return None, None
    largest = max(near, key=lambda heap: int(memory.heaps[heap].size))
    free = budget.budget[largest] - budget.usage[largest] if has_budget else None
    return int(memory.heaps[largest].size), None if free is None else max(0, int(free))


def _address(bus: _PciBusInfo) -> str:
    return f"{bus.domain:04x}:{bus.bus:02x}:{bus.device:02x}.{bus.function:x}"


def _version(vendor: int, number: int) -> str:
    """Vulkan's own split of the number, but for NVIDIA's, whose parts have 10, 8, 8 and 6 bits."""
    if vendor == _NVIDIA:
        return f"{number >> 22}.{number >> 14 & 0xFF}.{number >> 6 & 0xFF}"
    return f"{number >> 22}.{number >> 12 & 0x3FF}.{number & 0xFFF}"


def _check(code: int, what: str) -> None:
    if code < 0:
        raise OSError(f"{what} failed with {code}")
