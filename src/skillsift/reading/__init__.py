"""Sources of postings: files and streams in, `Posting` values out."""

from skillsift.reading.sources import Source, open_source

__all__ = ["Source", "open_source"]
