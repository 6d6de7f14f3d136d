"""Electronic signatures on finished PDF files: who can sign, and what a signed file is worth. No database, no Django."""
