"""Models on this computer: the store, import and verification."""
