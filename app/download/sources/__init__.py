"""Where models come from: the hub, an address, a Python package, this computer."""
