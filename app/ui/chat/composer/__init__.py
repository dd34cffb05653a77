"""Where a message is written: text, attachments, effort, and what it will cost."""

from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.context_ring import ContextRing

__all__ = ["Composer", "ContextRing"]
