"""One file for each thing that is asked; every probe gives facts, or says what is unknown and why."""
