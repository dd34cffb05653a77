"""The child's side: its pipes, its events on their way out, one job, the watch over its parent."""
