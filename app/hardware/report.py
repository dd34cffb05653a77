"""This computer and what runs on it as plain text in English: for terminals, and for reports of faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.hardware.adapters import marketed_gb
from app.hardware.machine import Adapter, AdapterKind, Disk, Machine, Memory, Power, Processor
from app.hardware.verdict import Verdict, gigabytes

_WIDTH = 22


def machine_text(machine: Machine) -> str:
    """The computer, a fact a line."""
    lines = [_row("System", machine.system)]
    lines += [_row(*pair) for pair in _facts(machine)]
    lines += [_row("Unknown", f"{gap.topic}: {gap.reason}") for gap in machine.unknown]
    return "\n".join([*lines, _row("Looked for", f"{machine.seconds:.2f} s")])


def verdict_text(model: str, verdict: Verdict) -> str:
    """A verdict: the state, the two numbers with their parts, the cause, the next action."""
    lines = [_row("Model", f"{model}: {verdict.state} on {verdict.device}")]
    lines += [_row("Context", f"{verdict.context:,} tokens")] if verdict.context else []
    if verdict.needed is not None:
        parts = verdict.needed
        lines += [
            _row("Needs", gigabytes(parts.total)),
            _row("  weights", gigabytes(parts.weights)),
            _row("  KV cache", gigabytes(parts.kv)),
            _row("  workspace", gigabytes(parts.workspace)),
            _row("  program", gigabytes(parts.runtime)),
        ]
    if verdict.free is not None:
        lines.append(_row("Free", gigabytes(verdict.free)))
    if verdict.tokens_per_s is not None:
        how = "measured" if verdict.measured else "expected"
        lines.append(_row("Speed", f"{verdict.tokens_per_s:.1f} tokens/s, {how}"))
    lines += [_row("Computed by", placement_text(verdict))] if verdict.placement else []
    lines += [_row("Chosen because", str(verdict.choice))] if str(verdict.choice) else []
    lines.append(_row("Why", str(verdict.cause)))
    lines += [_row("What to do", str(verdict.action))] if str(verdict.action) else []
    return "\n".join(lines)


def catalogue_text(verdicts: Mapping[str, Verdict]) -> str:
    """Models that could be got, a verdict a line."""
    return "\n".join(
        _row("Could be got", f"{model}: {verdict.state} on {verdict.device}")
        for model, verdict in verdicts.items()
    )


def placement_text(verdict: Verdict) -> str:
    """Who computed what when it was loaded last: nodes and weights by provider, most weights first."""
    shares = sorted(verdict.placement.items(), key=lambda pair: -pair[1]["bytes"])
    return "; ".join(
        f"{name.removesuffix('ExecutionProvider')} {share['nodes']} nodes, {gigabytes(share['bytes'])}"
        for name, share in shares
    )


def report(machine: Machine, verdicts: Mapping[str, Verdict]) -> str:
    """The computer and all verdicts."""
    return "\n\n".join([machine_text(machine), *(verdict_text(*pair) for pair in verdicts.items())])


def _facts(machine: Machine) -> Iterator[tuple[str, str]]:
    if machine.processor is not None:
        yield from _processor(machine.processor)
    if machine.memory is not None:
        yield from _memory(machine.memory)
    if machine.disk is not None:
        yield "Disk of the models", _disk(machine.disk)
    if machine.power is not None:
        yield "Power", _power(machine.power)
    for adapter in machine.adapters:
        yield "Graphics", adapter_text(adapter)


def _processor(processor: Processor) -> Iterator[tuple[str, str]]:
    cores = f"{processor.cores} cores, {processor.threads} threads" if processor.cores else "cores unknown"
    yield "Processor", f"{processor.name or 'unknown'}, {processor.architecture}, {cores}"
    yield "Instructions", " ".join(processor.instructions) or "none that the kernels choose by"
    if processor.bandwidth:
        yield "Memory is read at", f"{processor.bandwidth / 1e9:.1f} GB/s"


def _memory(memory: Memory) -> Iterator[tuple[str, str]]:
    yield "Memory", f"{gigabytes(memory.available)} free of {gigabytes(memory.total)}"
    if memory.swap:
        yield "Swap space", f"{gigabytes(memory.swap)} free"
    if memory.commit is not None:
        yield "Commit limit", f"{gigabytes(memory.commit)} left"


def _disk(disk: Disk) -> str:
    speed = f", read at {disk.read_speed / 1e9:.2f} GB/s" if disk.read_speed else ""
    return f"{gigabytes(disk.free)} free of {gigabytes(disk.total)}{speed}"


def _power(power: Power) -> str:
    charge = f" at {power.charge} %" if power.charge is not None else ""
    source = f"battery{charge}" if power.on_battery else "mains" + (f", battery{charge}" if charge else "")
    return f"{source}, {power.mode}" if power.mode else source


def adapter_text(adapter: Adapter) -> str:
    """An adapter in one line."""
    kinds = {AdapterKind.UNKNOWN: "", AdapterKind.SOFTWARE: "software, computes on the processor"}
    parts = [adapter.name, kinds.get(adapter.kind, str(adapter.kind))]
    if adapter.dedicated is not None:
        sold = marketed_gb(adapter.dedicated)
        size = f" (sold as {sold} GB)" if adapter.kind is AdapterKind.DISCRETE and sold else ""
        parts.append(f"{gigabytes(adapter.dedicated)} of its own{size}")
    if adapter.shared is not None:
        parts.append(f"{gigabytes(adapter.shared)} shared")
    if adapter.computes:
        parts.append("free memory unknown" if adapter.free is None else f"{gigabytes(adapter.free)} free")
    parts.append(f"driver {adapter.driver}" if adapter.driver else "")
    return ", ".join(part for part in parts if part)


def _row(label: str, value: str) -> str:
    return f"{label:{_WIDTH}}{value}"
