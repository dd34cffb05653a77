"""A Responses API request answered by the engine, as the API's own events."""
