"""A computer as data: what probes found, and what they could not. Sizes in bytes, speeds a second."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.phrases import Phrase


class AdapterKind(StrEnum):
    """What a graphics adapter is.

    A discrete one has memory of its own; an integrated one uses the computer's; software renders on the
    processor; a remote one draws for another computer's screen.
    """

    DISCRETE = "discrete"
    INTEGRATED = "integrated"
    SOFTWARE = "software"
    REMOTE = "remote"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Adapter:
    """A graphics adapter; None where nobody could say.

    Attributes:
        name: as its driver calls it.
        vendor: the maker's name.
        kind: whether it computes, and in which memory.
        dedicated: memory of its own.
        shared: the computer's memory that it may use.
        free: of the memory it computes in, what this program can have now.
        driver: version; empty when unknown.
        address: "domain:bus:device.function" on the PCI bus; empty when unknown.
        sources: who told it: "DXGI", "NVML", "Vulkan", "amdgpu", "i915", "xe", "Metal".
        order: its number in DXGI's order, by which DirectML is asked for it.
    """

    name: str
    vendor: str
    kind: AdapterKind
    dedicated: int | None = None
    shared: int | None = None
    free: int | None = None
    driver: str = ""
    address: str = ""
    sources: tuple[str, ...] = ()
    order: int | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Adapter:
        """The adapter that `asdict` made into JSON."""
        return cls(**{**data, "kind": AdapterKind(data["kind"]), "sources": tuple(data["sources"])})

    @property
    def computes(self) -> bool:
        """It is hardware, and here."""
        return self.kind not in {AdapterKind.SOFTWARE, AdapterKind.REMOTE}

    @property
    def capacity(self) -> int | None:
        """The memory it computes in: its own, and for an integrated one the computer's share as well."""
        if self.kind is AdapterKind.INTEGRATED and self.shared is not None:
            return (self.dedicated or 0) + self.shared
        return self.dedicated


@dataclass(frozen=True)
class Processor:
    """The processor.

    Attributes:
        name: empty when unknown.
        architecture: "x86_64", "arm64", …
        cores: physical ones; 0 when unknown.
        threads: logical processors.
        instructions: those that the kernels choose by, lower case: "avx2", "avx512_vnni", "i8mm", …
        bandwidth: bytes a second that it reads from memory; None when not measured.
    """

    name: str
    architecture: str
    cores: int
    threads: int
    instructions: tuple[str, ...] = ()
    bandwidth: float | None = None


@dataclass(frozen=True)
class Memory:
    """The computer's memory.

    Attributes:
        total: all of it, or what this program's container may use.
        available: what programs can get without swapping.
        swap: free swap space.
        commit: what the system still promises; None where promises have no limit.
    """

    total: int
    available: int
    swap: int = 0
    commit: int | None = None

    @property
    def free(self) -> int:
        """What a program can have now at full speed."""
        return self.available if self.commit is None else min(self.available, self.commit)

    @property
    def with_swap(self) -> int:
        """What a program can have when others are swapped out: slow, but there."""
        everything = self.available + self.swap
        return everything if self.commit is None else min(everything, self.commit)


@dataclass(frozen=True)
class Disk:
    """The disk that holds the models.

    Attributes:
        total: its size.
        free: room on it.
        read_speed: bytes a second; None when not measured.
    """

    total: int
    free: int
    read_speed: float | None = None


@dataclass(frozen=True)
class Power:
    """Where the current comes from.

    Attributes:
        on_battery: whether it runs on the battery now.
        charge: percent; None without a battery.
        mode: "saver", "balanced", "performance", or empty when unknown.
    """

    on_battery: bool
    charge: int | None = None
    mode: str = ""


@dataclass(frozen=True)
class Unknown:
    """Something that could not be found out.

    Attributes:
        topic: what: "graphics adapters".
        reason: why.
    """

    topic: Phrase
    reason: Phrase


@dataclass(frozen=True)
class Bandwidth:
    """Bytes a second that the processor reads from memory."""

    bytes_per_s: float


Fact = Adapter | Bandwidth | Processor | Memory | Disk | Power | Unknown


@dataclass(frozen=True)
class Machine:
    """Everything that was found.

    Attributes:
        system: operating system, version and architecture.
        adapters: graphics adapters, the fastest memory's first.
        unknown: what could not be found out.
        seconds: how long finding out took.
    """

    system: str
    processor: Processor | None = None
    memory: Memory | None = None
    disk: Disk | None = None
    power: Power | None = None
    adapters: tuple[Adapter, ...] = ()
    unknown: tuple[Unknown, ...] = field(default_factory=tuple)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The machine as JSON."""
        gaps = [{"topic": g.topic.to_json(), "reason": g.reason.to_json()} for g in self.unknown]
        return asdict(replace(self, unknown=())) | {"unknown": gaps}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Machine:
        """The machine that `to_json` made into JSON."""
        return cls(
            system=data["system"],
            processor=_processor(data["processor"]),
            memory=Memory(**data["memory"]) if data["memory"] else None,
            disk=Disk(**data["disk"]) if data["disk"] else None,
            power=Power(**data["power"]) if data["power"] else None,
            adapters=tuple(Adapter.from_json(adapter) for adapter in data["adapters"]),
            unknown=tuple(
                Unknown(Phrase.from_json(gap["topic"]), Phrase.from_json(gap["reason"]))
                for gap in data["unknown"]
            ),
            seconds=data["seconds"],
        )


def _processor(data: dict[str, Any] | None) -> Processor | None:
    return Processor(**{**data, "instructions": tuple(data["instructions"])}) if data else None
