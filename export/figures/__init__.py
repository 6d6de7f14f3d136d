"""Drawings of the book."""
