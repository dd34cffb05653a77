"""SQLite with the settings of this app, and its refusals in words."""
