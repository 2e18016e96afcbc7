"""Many postings: in one process or in several, the same result."""
