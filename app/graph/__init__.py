"""ONNX graphs as data: read, build and adapt them; no sessions here."""
