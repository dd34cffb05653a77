"""The process boundary: protocol, host (worker side) and client (asyncio side)."""
