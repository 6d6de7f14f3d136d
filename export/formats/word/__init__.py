"""The book as a Word file: python-docx for the package, own small pieces of OOXML where it has none."""
