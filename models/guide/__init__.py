"""The guide: the built-in model, its corpus and the programs that make it."""
