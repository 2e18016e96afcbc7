"""O*NET's `Technology Skills.txt` and the `Software Skills.txt` that follows it: tab-delimited, a row an occupation and product.

Source: O*NET Database, U.S. Department of Labor, Employment and Training Administration; CC BY 4.0 with the credit line.
Its names are catalogue entries, not wordings ("Structured query language SQL", "Amazon Web Services AWS software"), so each
gives several.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from skillsift.errors import InputError
from skillsift.vocabulary.importers.drafts import Draft, Reading, Wording, need_columns, read_text
from skillsift.vocabulary.importers.packs import guide_wordings
from skillsift.vocabulary.importers.wordings import forms, plain, slug, spelled_out
from skillsift.vocabulary.phrases import words

CREDIT = (
    "This pack includes information from the O*NET Database by the U.S. Department of Labor, Employment and Training Administration\n"
    "(USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. skillsift has modified this information:\n"
    "names were made into wordings. USDOL/ETA has not approved, endorsed, or tested these modifications."
)

#: The columns of the product's name and of its group, in the older table and the newer.
_OLDER, _NEWER = ("Example", "Commodity Title"), ("Workplace Example", "Element Name")
#: A first word that so many different products share is their maker's name.
_MAKES = 5
_SOFTWARE = " software"


@dataclass(slots=True)
class _Product:
    name: str
    group: str
    hot: bool = False


def read(path: Path) -> Reading:
    """The products of an O*NET file, each once.

    Raises:
        InputError: it is no such table.
    """
    reading = Reading()
    rows = csv.DictReader(read_text(path).split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = rows.fieldnames or ()
    layout = _NEWER if _NEWER[0] in header else _OLDER
    expected = "give O*NET's Technology Skills.txt or Software Skills.txt (the text version, tab-delimited)"
    need_columns(path, header, layout, expected)
    products: dict[str, _Product] = {}
    try:
        for row in rows:
            reading.rows += 1
            name, group = (plain(row.get(column) or "") for column in layout)
            if not name:
                reading.left_out["rows without a name"] += 1
                continue
            product = products.setdefault(name.lower(), _Product(name, group or "software"))
            product.hot |= (row.get("Hot Technology") or "").strip().upper() == "Y"
    except csv.Error as error:
        raise InputError(f"{path}: line {rows.line_num}: not a tab-delimited table: {error}") from None
    makers = _makers(products)
    for product in products.values():
        wordings = _wordings(product, makers)
        reading.left_out["names without a word, or with odd brackets"] += not wordings
        if wordings:
            reading.drafts.append(Draft(_bare(product) or product.name, product.name, product.group, tuple(wordings)))
    return reading


def _makers(products: dict[str, _Product]) -> frozenset[str]:
    """First words that many products share, where the next word is a name too: "Adobe Photoshop", but not "Data mining"."""
    first = Counter(
        parts[0]
        for product in products.values()
        if len(parts := product.name.split()) > 1 and parts[0][0].isupper() and not parts[1][0].islower()
    )
    return frozenset(word for word, count in first.items() if count >= _MAKES and len(word) > 1)


def _bare(product: _Product) -> str | None:
    """A product's name without the word software, where what is left is a name: "SAP software", but not "Email software"."""
    if not product.name.endswith(_SOFTWARE):
        return None
    bare = product.name.removesuffix(_SOFTWARE)
    parts = bare.split()
    names = [part for part in parts if not part.islower()]
    named = product.hot or (len(parts) > 1 and len(names) == len(parts)) or any(part[1:] != part[1:].lower() for part in parts)
    return bare if parts and named else None


def _wordings(product: _Product, makers: frozenset[str]) -> list[Wording]:
    found = forms(product.name)
    if not found:
        return []
    if bare := _bare(product):
        found += forms(bare)
    name = found[-1].text if bare else found[0].text.removesuffix(_SOFTWARE)  # without what stood in brackets
    if taken := spelled_out(name):
        long, short = taken
        found += [Wording(name.removesuffix(f" {short}")), Wording(long), Wording(short)]
    return found + _without_maker(name if bare else found[0].text, makers)


def _without_maker(name: str, makers: frozenset[str]) -> list[Wording]:
    """The product's own name: alone where it is like no other word ("PowerPoint", "MATLAB") or is the guide's, else beside
    its maker's ("Word" where "Microsoft" is said)."""
    *before, own = name.split()
    if not before or not slug(own):
        return []
    like_no_other = own[1:] != own[1:].lower() and (not own.isupper() or len(own) >= 4)
    if like_no_other or (len(before) == 1 and words(own.lower()) in guide_wordings(exact=False)):
        return [Wording(own)]
    return [Wording(own, beside=before[0].lower())] if len(before) == 1 and before[0] in makers and own[0].isupper() else []
