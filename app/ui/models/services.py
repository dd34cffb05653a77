"""What does the work behind the models pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.download.settings import network_settings
from app.errors import IndoorsError
from app.hardware.asking import MachineWatch
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.library.moving import Mover
from app.library.store import Store
from app.paths import Paths
from app.settings import named
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient


@dataclass(frozen=True)
class Services:
    """Passed to the pane and its parts.

    Attributes:
        places: where things lie.
        store: the models.
        preferences: holds which model answers, and the offline switch.
        downloads: what is being fetched.
        hub: is asked when somebody searches.
        worker: the chat's; it lets go of a model before that is moved or removed.
        open_worker: makes a worker for a job, so that the chat does not wait.
        tasks: runs what clicks start.
    """

    places: Paths
    store: Store
    preferences: Preferences
    downloads: Downloads
    hub: Hub
    worker: WorkerClient
    open_worker: Callable[[], WorkerClient]
    tasks: Tasks

    def fitting(self) -> Fitting:
        """Judges models by what is free now and what the chat's model gives back when it goes."""
        loading = Loading(self.store.devices, self.preferences)
        return Fitting.now(self.places, loading, self.worker.held_bytes)

    async def look(self) -> bool:
        """Have the graphics adapters looked at, if models could be loaded on one; says whether."""
        return await MachineWatch(self.places).look()

    def begin(self, tell: Callable[[IndoorsError], None]) -> None:
        """Take up what was cut off when the program ended: a move of the models folder, downloads.

        Args:
            tell: hears what went wrong with it.
        """
        self.downloads.failed.connect(tell)
        try:
            Mover(self.places).finish()
        except IndoorsError as error:
            tell(error)
        self.preferences.changed.connect(self._configure)
        if self.places.downloads.is_dir() and any(self.places.downloads.iterdir()):
            self.downloads.follow()

    def _configure(self, name: str) -> None:
        if named(name).group == "Network" and self.downloads.client.pid is not None:
            self.tasks.start(self.downloads.client.configure(network_settings(self.preferences)))
