"""The hardware pane: this computer, what is free on it, what runs on it, and how fast."""
