"""Conversations kept in SQLite: a tree of messages, search, drafts, backup, export and import. Qt-free."""
