"""Reading a whole Word file: plain functions from bytes to JSON, run in a child process. No Django, no database, no network."""
