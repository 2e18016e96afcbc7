"""What makes two postings the same ad."""

from __future__ import annotations

import hashlib
import re

from skillsift.model import Posting

_NO_WORD = re.compile(r"[\W_]+")
_ASCII, _BEYOND = bytes(range(128)), bytes(range(128, 256))
_MARKS = bytes(code for code in _ASCII if not chr(code).isalnum())
#: With more kinds of marks beyond ASCII than this, one pass over the text is quicker than one for each.
_KINDS = 24


def ad_digest(posting: Posting) -> str:
    """A short digest of the letters and digits of title and text, whatever their case and spacing; the same ad has the same."""
    plain = f"{posting.title or ''}{posting.text}".lower().encode("utf-8", "surrogatepass").translate(None, _MARKS)
    beyond = set(plain.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    marks = [char for char in beyond if not char.isalnum()]
    if len(marks) == len(beyond):
        plain = plain.translate(None, _BEYOND)
    elif len(marks) > _KINDS:
        plain = _NO_WORD.sub("", plain.decode("utf-8", "surrogatepass")).encode("utf-8", "surrogatepass")
    else:
        for mark in marks:
            plain = plain.replace(mark.encode("utf-8", "surrogatepass"), b"")
    return hashlib.blake2b(plain, digest_size=12).hexdigest()
