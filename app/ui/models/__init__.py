"""The models pane: what is installed, what is being fetched, what can be got."""
