"""What was checked before an import, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.errors import Cancelled, IndoorsError, from_json
from app.phrases import Phrase

T = TypeVar("T")


def as_told(found: Phrase) -> Phrase:
    """For a look that finds words."""
    return found


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes:
        name: what was looked at.
        found: what was found, in words.
        error: why the model cannot be imported; None when it can.
    """

    name: str
    found: Phrase
    error: IndoorsError | None = None

    @property
    def detail(self) -> str:
        """What was found in English; of a failure its cause and remedy."""
        return str(self.error or self.found)

    @property
    def passed(self) -> bool:
        """Whether it stands in the way of nothing."""
        return self.error is None

    def to_json(self) -> dict[str, Any]:
        """As it goes over the pipe."""
        return {
            "name": self.name,
            "passed": self.passed,
            "detail": self.detail,
            "found": self.found.to_json(),
            "error": self.error and self.error.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Check:
        """As it was before `to_json`."""
        error = data["error"]
        return cls(data["name"], Phrase.from_json(data["found"]), from_json(error) if error else None)


@dataclass
class Checklist:
    """Checks in the order they are made.

    Attributes:
        checks: so far.
    """

    checks: list[Check] = field(default_factory=list)

    def run(self, name: str, look: Callable[[], T], say: Callable[[T], Phrase]) -> T | None:
        """Make a check.

        Args:
            name: of it.
            look: what is done; raises when it fails.
            say: what it found, in words.

        Returns:
            What was found; None when it failed.

        Raises:
            Cancelled: it was.
        """
        try:
            found = look()
        except Cancelled:
            raise
        except IndoorsError as error:
            # What the failed look held, a model's mapped files too, goes with its frames.
            error.__traceback__ = error.__cause__ = error.__context__ = None
            self.checks.append(Check(name, error.cause, error))
            return None
        self.checks.append(Check(name, say(found)))
        return found

    def note(self, name: str, found: Phrase) -> None:
        """Add what was found where nothing could fail."""
        self.checks.append(Check(name, found))

    def to_json(self) -> list[dict[str, Any]]:
        """All of them as they go over the pipe."""
        return [check.to_json() for check in self.checks]

    def require_passed(self) -> None:
        """Raise the error of the first check that failed, if one did."""
        for check in self.checks:
            if check.error is not None:
                raise check.error
