"""What this computer has, and whether a model fits into it. Drivers are asked only in a child process."""
