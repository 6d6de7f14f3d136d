"""The book in other formats than PDF: Word, Excel, slides and the plan's data, all from the frozen tree."""
