"""What makes two postings the same ad."""

from __future__ import annotations

import hashlib
import re

from skillsift.model import Posting

_NO_WORD = re.compile(r"[\W_]+")
#: Most marks are of these, and bytes are rid of them many times as fast as a text.
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())


def ad_digest(posting: Posting) -> str:
    """A short digest of the letters and digits of title and text, whatever their case and spacing; the same ad has the same."""
    plain = f"{posting.title or ''}{posting.text}".lower().encode("utf-8", "surrogatepass").translate(None, _MARKS)
    if not plain.isascii():
        plain = _NO_WORD.sub("", plain.decode("utf-8", "surrogatepass")).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(plain, digest_size=12).hexdigest()
