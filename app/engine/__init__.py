"""Pure inference: tokens in, tokens out; no Qt, no processes."""
