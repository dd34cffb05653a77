"""The server pane: the switch, the address, the keys, how to connect, and the requests."""
