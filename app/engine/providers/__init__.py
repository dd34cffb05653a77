"""What computes a model: execution providers of onnxruntime, each with what it needs."""
