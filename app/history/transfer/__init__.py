"""Conversations leave and enter: Markdown, HTML, JSON, and the JSON of ChatGPT exports."""
