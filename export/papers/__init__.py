"""Documents made of what a stage already holds: response matrix, berita acara, sign-in sheet (`docs/papers.md`)."""
