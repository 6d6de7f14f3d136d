"""Planning tables as an Excel file that goes out and comes back in one and the same format. Pure: no Django, no rows."""
