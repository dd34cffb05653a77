"""Downloads where the system shows the program: its taskbar or dock."""
