"""The digest that tells whether two postings are the same ad."""

from __future__ import annotations

import hashlib
import re

from hypothesis import example, given
from hypothesis import strategies as st

from skillsift import Posting
from skillsift.reading.ads import ad_digest


@given(st.text(), st.none() | st.text())
@example("".join(map(chr, range(0x3000))), None)
@example("\u03a3\u2019\u03a3 \u0130\u2013\u2022_x\ud800", "\u03a3")
def test_it_is_of_the_letters_and_digits_in_lower_case(text: str, title: str | None) -> None:
    plain = re.sub(r"[\W_]+", "", f"{title or ''}{text}".lower())
    assert ad_digest(Posting(text, title)) == hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def test_case_spacing_and_marks_make_no_other_ad() -> None:
    assert ad_digest(Posting("We\u2019re hiring: Python_3", "ML")) == ad_digest(Posting("were HIRING \u2013 python 3", "ml"))
