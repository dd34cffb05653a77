"""Models elsewhere: asked by a process of its own, which speaks the Responses API as the worker does."""
