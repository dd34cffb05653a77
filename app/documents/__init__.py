"""Files that are given with a message, as text. They are read in a child process: a file is hostile input."""
