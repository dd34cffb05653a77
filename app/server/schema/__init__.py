"""What the API takes and gives, as pydantic models: loose about clients, strict about the server.

The OpenAPI file is made of them, and tests hold the server's answers against them.
"""
