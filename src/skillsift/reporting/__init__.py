"""Tagged postings to counts, and counts to a terminal, CSV, Markdown or JSON."""
