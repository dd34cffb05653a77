"""The side sheet: how one conversation is answered – its instructions, sampling, and presets of both."""

from app.ui.chat.sheet.sheet import SHEET_WIDTH, Sheet

__all__ = ["SHEET_WIDTH", "Sheet"]
