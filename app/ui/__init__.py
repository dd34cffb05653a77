"""The desktop window: all of Qt lives here."""
