"""The Responses API over HTTP, at an address of this computer: a thread inside the worker process."""
