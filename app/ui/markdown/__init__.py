"""Markdown from a model, made harmless and drawn as rich text: no network, no file, no script, no HTML."""
