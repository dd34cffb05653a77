"""Indoors: chat with open-weight models that run on this very computer."""

__version__ = "0.1.0"
