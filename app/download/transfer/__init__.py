"""Fetching files so that nothing is lost or fetched twice."""
