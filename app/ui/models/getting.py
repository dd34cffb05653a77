"""From a click on Download to a download in the queue, and what is done about it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.library.licences import Acceptances, Terms
from app.library.store import Store
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.models.licence_dialog import LicenceDialog
from app.ui.models.looks import Act
from app.ui.models.offers import Offer
from app.ui.models.sign_in_dialog import SignInDialog
from app.ui.theme import Theme


class Getting:
    """Asks for what has to be asked first, then lets the downloader work.

    Args:
        store: what is installed.
        downloads: what is being fetched.
        hub: checks access tokens.
        acceptances: the licences that were accepted.
        theme: look of the dialogs.
        over: gives the widget that dialogs appear over.
    """

    def __init__(
        self,
        store: Store,
        downloads: Downloads,
        hub: Hub,
        acceptances: Acceptances,
        theme: Theme,
        over: Callable[[], QWidget],
    ) -> None:
        self._store = store
        self._downloads = downloads
        self._hub = hub
        self._acceptances = acceptances
        self._theme = theme
        self._over = over

    async def get(self, offer: Offer) -> None:
        """Fetch what is offered, once its licence is accepted.

        Raises:
            IndoorsError: it cannot be fetched.
        """
        taken = [download.id for download in self._downloads.now]
        wish = offer.wish(self._store.free_id(offer.base_name, taken))
        self._store.destination(wish.order.id)
        if await self._agreed(wish.terms):
            await self._downloads.get(wish.order)

    async def steer(self, key: str, act: Act) -> None:
        """Do something about a download.

        Raises:
            IndoorsError: it cannot be done.
        """
        downloads = self._downloads
        match act:
            case Act.PAUSE:
                await downloads.pause(key)
            case Act.CANCEL:
                await downloads.cancel(key)
            case Act.SIGN_IN:
                if await SignInDialog(self._hub, self._theme, self._over()).done_well():
                    await downloads.resume(key)
            case _:
                await downloads.resume(key)

    async def _agreed(self, terms: Terms) -> bool:
        if self._acceptances.of(terms) is not None:
            return True
        if not await LicenceDialog(terms, self._theme, self._over()).answer():
            return False
        self._acceptances.accept(terms, date.today())
        return True
