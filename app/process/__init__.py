"""A child process of this same program and the frames on its pipes: what worker and downloader share."""
