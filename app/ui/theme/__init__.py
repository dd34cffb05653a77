"""How the window looks: one token file, the stylesheet made from it, the icons."""

from app.ui.theme.theme import Theme
from app.ui.theme.tokens import Tokens

__all__ = ["Theme", "Tokens"]
