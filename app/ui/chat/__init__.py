"""The chat pane: conversations, the composer, and the answers as they come."""
