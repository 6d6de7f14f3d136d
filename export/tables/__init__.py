"""Planning tables of the book."""
