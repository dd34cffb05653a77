"""Measures the window: every part that needs a fresh process is a module here that `figures` runs as one."""
