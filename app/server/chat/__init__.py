"""Chat Completions: a request becomes one for the Responses API, and its events become chunks."""
