"""The decoder graph DirectML computes rightly, made from a published one."""
