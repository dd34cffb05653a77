"""Each setting, declared once: the command line and the dialog are built from these declarations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UsageError, from_os_error
from app.files import write_whole

Value = str | int | float | bool


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: its key in the file and on the command line.
        default: its value when nothing is set; its type is the setting's type.
        label: what a form calls it.
        help: one sentence on what it does.
        choices: the allowed values, when there are only a few.
        numbered: those of them that a colon and a number may follow: "webgpu:1".
        minimum: the lowest allowed number.
        maximum: the highest allowed number.
        group: the heading it stands under in a form.
    """

    name: str
    default: Value
    label: str
    help: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    group: str = "Answers"
    numbered: tuple[str, ...] = ()

    def parse(self, text: str) -> Value:
        """Turn what a person typed into a value.

        Raises:
            UsageError: it does not fit the declaration.
        """
        kind = type(self.default)
        if kind is bool and text.lower() in {"true", "false", "on", "off", "yes", "no", "1", "0"}:
            return self.check(text.lower() in {"true", "on", "yes", "1"})
        try:
            return self.check(text if kind is bool else kind(text))
        except ValueError as error:
            raise self._refusal(text) from error

    def check(self, value: object) -> Value:
        """Return the value when it fits the declaration.

        Raises:
            UsageError: it does not.
        """
        if type(self.default) is float and type(value) is int:
            value = float(value)
        if type(value) is not type(self.default):
            raise self._refusal(value)
        assert isinstance(value, str | int | float | bool)
        if self.choices and not self._is_choice(str(value)):
            raise self._refusal(value)
        if isinstance(value, int | float) and not self._within_bounds(value):
            raise self._refusal(value)
        return value

    def _is_choice(self, value: str) -> bool:
        choice, colon, number = value.partition(":")
        return value in self.choices or (bool(colon) and choice in self.numbered and number.isdecimal())

    def _within_bounds(self, number: float) -> bool:
        low = self.minimum is None or number >= self.minimum
        return low and (self.maximum is None or number <= self.maximum)

    def _refusal(self, value: object) -> UsageError:
        return UsageError(
            "{value} is no value for the setting {name}.",
            "Allowed: {allowed}.",
            value=repr(value),
            name=self.name,
            allowed=self.allowed(),
        )

    def allowed(self) -> str:
        """What may be set, in words."""
        if self.choices:
            return ", ".join(
                f"{choice}[:N]" if choice in self.numbered else choice for choice in self.choices
            )
        if type(self.default) is bool:
            return "on, off"
        if type(self.default) is str:
            return "any text"
        bounds = [str(bound) for bound in (self.minimum, self.maximum) if bound is not None]
        return "a number from " + " to ".join(bounds) if bounds else "a number"


ALL: tuple[Setting, ...] = (
    Setting("model", "guide", "Model", "The model that answers when none is named."),
    Setting(
        "effort",
        "medium",
        "Reasoning effort",
        "How long a reasoning model thinks before it answers.",
        choices=("low", "medium", "high"),
    ),
    Setting(
        "context",
        0,
        "Context",
        "Tokens a conversation may hold; 0 lets the model and the memory decide.",
        minimum=0,
        maximum=1_048_576,
    ),
    Setting(
        "device",
        "auto",
        "Device",
        "What the model runs on.",
        choices=("auto", "cpu", "webgpu", "directml", "coreml"),
        numbered=("webgpu", "directml"),
    ),
    Setting(
        "threads",
        0,
        "Threads",
        "Processor cores the model may use; 0 means all physical ones.",
        minimum=0,
        maximum=1024,
    ),
    Setting(
        "memory-guard",
        "normal",
        "Memory guard",
        "Refuses to load what does not fit: normal; also what would lie on the disk in part: strict. "
        "Off refuses nothing: the computer may stall, and other programs may be ended.",
        choices=("normal", "strict", "off"),
    ),
    Setting(
        "server",
        False,
        "Server",
        "Whether other programs may ask the models of this computer, through the Responses API.",
        group="Server",
    ),
    Setting(
        "server-host",
        "127.0.0.1",
        "Interface",
        "The address the server listens at. At any but 127.0.0.1 other computers reach it, and need a key.",
        group="Server",
    ),
    Setting(
        "server-port",
        8040,
        "Port",
        "The port the server listens at.",
        minimum=1,
        maximum=65_535,
        group="Server",
    ),
    Setting(
        "server-origins",
        "",
        "Web pages",
        "Pages whose scripts may use the server, as https://name, parted by spaces; empty for none.",
        group="Server",
    ),
    Setting(
        "server-keep-alive",
        0,
        "Unload after",
        "Minutes until a model that only other programs used is let go; 0 keeps it.",
        minimum=0,
        maximum=1440,
        group="Server",
    ),
    Setting(
        "server-rate-limit",
        600,
        "Requests a minute",
        "How many requests a minute each key may make, or each address where there is no key; 0: no limit.",
        minimum=0,
        maximum=100_000,
        group="Server",
    ),
    Setting(
        "server-log",
        False,
        "Request log",
        "Whether the window lists the server's past requests until it is closed; off keeps nothing.",
        group="Server",
    ),
    Setting(
        "theme",
        "system",
        "Theme",
        "Colours of the window: the system's choice, light or dark.",
        choices=("system", "light", "dark"),
        group="Window",
    ),
    Setting(
        "text-size",
        100,
        "Text size",
        "Size of the window's text in percent.",
        minimum=70,
        maximum=200,
        group="Window",
    ),
    Setting(
        "language",
        "system",
        "Language",
        "Language of the window; it changes at the next start.",
        choices=("system", "en", "de"),
        group="Window",
    ),
    Setting(
        "motion",
        "system",
        "Motion",
        "Whether things in the window may move: as the system says, always, or never.",
        choices=("system", "full", "reduced"),
        group="Window",
    ),
    Setting(
        "offline",
        False,
        "Offline",
        "Whether every connection is refused: no search, no download.",
        group="Network",
    ),
    Setting(
        "hub-endpoint",
        "",
        "Hub or mirror",
        "Address models are fetched from; empty means HF_ENDPOINT, or the hub itself.",
        group="Network",
    ),
    Setting(
        "proxy",
        "",
        "Proxy",
        "Address of the proxy for all connections; empty means the system's.",
        group="Network",
    ),
    Setting(
        "ca-bundle",
        "",
        "Certificates",
        "File of certificates to trust; empty means the system's.",
        group="Network",
    ),
    Setting(
        "download-limit",
        0,
        "Download limit",
        "Kilobytes a second that all downloads together may take; 0 means no limit.",
        minimum=0,
        maximum=10_000_000,
        group="Network",
    ),
    Setting(
        "parallel-downloads",
        4,
        "Connections",
        "How many connections downloads may have at once.",
        minimum=1,
        maximum=16,
        group="Network",
    ),
)


def named(name: str) -> Setting:
    """Find a declaration.

    Raises:
        UsageError: there is none of that name.
    """
    for setting in ALL:
        if setting.name == name:
            return setting
    known = ", ".join(setting.name for setting in ALL)
    raise UsageError("There is no setting {name!r}.", "Known: {known}.", name=name, known=known)


class Settings:
    """The values in force: the file's over the defaults. Keys of newer versions are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stored: dict[str, Any] = dict(_read(path))

    def get(self, name: str) -> Value:
        """The value in force; a stored value that no longer fits gives the default."""
        setting = named(name)
        try:
            return setting.check(self._stored.get(name, setting.default))
        except UsageError:
            return setting.default

    def text(self, name: str) -> str:
        """The value of a text setting."""
        value = self.get(name)
        assert isinstance(value, str)
        return value

    def number(self, name: str) -> int:
        """The value of a whole-number setting."""
        value = self.get(name)
        assert isinstance(value, int)
        return value

    def set(self, name: str, value: Value) -> None:
        """Store a value.

        Raises:
            UsageError: it does not fit the declaration.
            StorageError: the file cannot be written.
        """
        self._stored[name] = named(name).check(value)
        self._write()

    def reset(self, name: str) -> None:
        """Go back to the default."""
        self._stored.pop(named(name).name, None)
        self._write()

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(self._stored, indent=2, ensure_ascii=False) + "\n")
        except OSError as error:
            raise from_os_error(error, "writing the settings") from error


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise from_os_error(error, "reading the settings") from error
    except ValueError as error:
        raise UsageError(
            "{path} is not valid JSON: {error}.",
            "Mend it, or delete it to start from the defaults.",
            path=path,
            error=error,
        ) from error
    if not isinstance(content, dict):
        raise UsageError("{path} does not hold settings.", "Delete it to start from the defaults.", path=path)
    return content
