"""What makes two postings the same ad."""

from __future__ import annotations

import hashlib
import re

from skillsift.model import Posting

_NO_WORD = re.compile(r"[\W_]+")


def ad_digest(posting: Posting) -> str:
    """A short digest of the letters and digits of title and text, whatever their case and spacing; the same ad has the same."""
    plain = _NO_WORD.sub("", f"{posting.title or ''}{posting.text}".lower())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
