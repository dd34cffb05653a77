"""GGUF files: read, understood, and turned into a model folder."""
