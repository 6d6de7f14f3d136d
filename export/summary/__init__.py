"""Buku III composed from the rows of Buku I and II: what its sections say while nobody has written them."""
