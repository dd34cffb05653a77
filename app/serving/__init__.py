"""The side of the server that switches it on: it knows the models, the worker serves. Light and Qt-free."""
