"""How a child process ended, in words."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from app.errors import WorkerDied
from app.phrases import Phrase

_NATIVE_CRASHES = {"SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGSYS", "SIGTRAP"}
_WINDOWS_CRASHES = {
    0xC0000005: "access violation",
    0xC000001D: "illegal instruction",
    0xC0000094: "integer division by zero",
    0xC00000FD: "stack overflow",
    0xC0000374: "heap corruption",
    0xC0000409: "fast failure",
    0x40000015: "abort",
    0x80000003: "breakpoint",
}
_WINDOWS_MEMORY = {0xC0000017, 0xC000009A, 0xC000012D}
_WINDOWS_LIBRARY = {0xC0000135, 0xC0000139, 0xC000007B}
_WINDOWS_STATUS = 0x40000000
MEMORY_WORDS = (
    "bad_alloc",
    "out of memory",
    "cannot allocate memory",
    "memoryerror",
    "memory allocation",
    "failed to map segment",
    "start new thread",
)
"""What a program says, in small letters, when it gets no memory."""
_AGAIN = Phrase("Ask again.")
_LESS_MEMORY = Phrase("Choose a smaller context or a smaller model, or close other programs; then ask again.")
_OTHER_PROCESSOR = Phrase(
    "This processor lacks an instruction that the runtime needs; try another device (--device)."
)
_OTHER_DEVICE = Phrase("Ask again; if it crashes again, use the processor (--device cpu) or another model.")


@dataclass(frozen=True)
class Outcome:
    """The end of a child process, which explains itself.

    Attributes:
        exit_code: as the operating system tells it: negative for a signal, a status word on Windows.
        doing: the method it was busy with; empty if none.
        spoke: whether it ever said anything; if not, it could not even start.
        ignored_cancel: it was killed because it did not react to a cancel.
        asked: it was told to end.
        stderr: the last lines it wrote to standard error; for diagnostics, not for the user.
        process: what messages call it.
    """

    exit_code: int
    doing: str = ""
    spoke: bool = True
    ignored_cancel: bool = False
    asked: bool = False
    stderr: tuple[str, ...] = ()
    process: str = "worker"

    def error(self) -> WorkerDied:
        """The outcome as the error that the requests under way get."""
        cause, hint = self._explain()
        if not self.doing:
            return WorkerDied("The {process} process {cause}.", hint, process=self.process, cause=cause)
        return WorkerDied(
            "The {process} process {cause} while doing {doing}.",
            hint,
            process=self.process,
            cause=cause,
            doing=self.doing,
        )

    def _explain(self) -> tuple[Phrase, Phrase]:
        if self.asked:
            return Phrase("was ended"), _AGAIN
        if self.ignored_cancel:
            return Phrase("did not react to a cancel and was ended"), Phrase(
                "Ask again; the model is loaded anew."
            )
        if self._memory_ran_out():
            return Phrase("was killed by the system, probably because memory ran out"), _LESS_MEMORY
        if crash := self._crash():
            return Phrase.of("crashed in native code ({crash})", crash=crash), _hint_for(crash)
        code = str(self.exit_code)
        if not self.spoke:
            cause = Phrase.of("could not start (exit code {code})", code=code)
            return cause, Phrase.of("Run: indoors {process} --debug, to see why.", process=self.process)
        if name := _signal_name(self.exit_code):
            return Phrase.of("was ended by another program ({name})", name=name), _AGAIN
        return Phrase.of("ended unexpectedly (exit code {code})", code=code), _AGAIN

    def _memory_ran_out(self) -> bool:
        if _signal_name(self.exit_code) == "SIGKILL" or self.exit_code & 0xFFFFFFFF in _WINDOWS_MEMORY:
            return True
        text = "\n".join(self.stderr).lower()
        gave_up = bool(self._crash()) or self.exit_code > 0
        return gave_up and any(word in text for word in MEMORY_WORDS)

    def _crash(self) -> str:
        if (name := _signal_name(self.exit_code)) in _NATIVE_CRASHES:
            return name
        status = self.exit_code & 0xFFFFFFFF
        if _signal_name(self.exit_code) or status < _WINDOWS_STATUS:
            return ""
        if status in _WINDOWS_LIBRARY:
            return f"a library is missing, 0x{status:08X}"
        return f"{_WINDOWS_CRASHES.get(status, 'status')}, 0x{status:08X}"


def _hint_for(crash: str) -> Phrase:
    if "SIGILL" in crash or "illegal instruction" in crash:
        return _OTHER_PROCESSOR
    return _OTHER_DEVICE


def _signal_name(exit_code: int) -> str:
    """The signal's name; empty where the exit code is none, as on Windows."""
    try:
        return signal.Signals(-exit_code).name if exit_code < 0 else ""
    except ValueError:
        return ""
