"""Fetching models: the only room that opens a network connection, and only in a child process of its own."""
