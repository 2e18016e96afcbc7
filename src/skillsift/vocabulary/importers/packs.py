"""Drafts made into a pack that the loader takes as it stands: unique ids, wordings owned once, common words guarded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from skillsift.vocabulary.importers.drafts import Case, Draft, Wording
from skillsift.vocabulary.importers.wordings import LONGEST, slug
from skillsift.vocabulary.load import load
from skillsift.vocabulary.phrases import expand, words

Owned = tuple[str, tuple[str, ...]]

OWNED = "wordings that another skill has already"
ALL_OWNED = "skills whose wordings others have already"
TOO_LONG = f"labels of more than {LONGEST} characters"
EMPTY = "skills left without a wording"
KNOWN_WORDINGS = "wordings that the guide has already"
KNOWN = "skills that the guide has already"


@dataclass(slots=True)
class Entry:
    """A skill of the pack: what its TOML table will say."""

    id: str
    name: str
    group: str
    source: str
    aliases: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    said: set[Owned] = field(default_factory=set)

    @property
    def wordings(self) -> int:
        return len(self.aliases) + len(self.exact)


def make_entries(drafts: Iterable[Draft], left_out: Counter[str], *, format: str, new_only: bool = False) -> list[Entry]:
    """The skills of a pack, in the order of their drafts; whose wording stands first owns it.

    Args:
        left_out: is told what was left out, and how much of it.
        format: goes behind an id that the guide has too: a pack does not take a skill's place by chance.
        new_only: leave out the skills that the guide has already.
    """
    guide = load(("guide",))
    common = frozenset(guide.text.common) | _stop_words()
    known = guide_wordings() if new_only else frozenset()
    entries: list[Entry] = []
    owners: dict[Owned, str] = {}
    taken: Counter[str] = Counter()
    for draft in drafts:
        mine = [wording for wording in draft.wordings if words(wording.text.lower()) not in known]
        if len(mine) < len(draft.wordings) and _names(draft, known):
            left_out[KNOWN] += 1
            continue
        entry = Entry(_free_id(draft, taken, guide.concepts, format), draft.name, slug(draft.group) or "skill", draft.source)
        lost = sum(_add(wording, entry, owners, common, left_out) for wording in mine)
        if entry.wordings:
            left_out[OWNED] += lost
            left_out[KNOWN_WORDINGS] += len(draft.wordings) - len(mine)
            _drop_covered(entry)
            entries.append(entry)
        else:
            left_out[ALL_OWNED if lost else EMPTY] += 1
            taken[entry.id] -= 1
    return entries


def _names(draft: Draft, known: Collection[tuple[str, ...]]) -> bool:
    """Whether a known wording is made of the words of the skill's name, and so names it."""
    name = frozenset(words(draft.name.lower()))
    return any(split in known and name.issuperset(split) for wording in draft.wordings if (split := words(wording.text.lower())))


def _free_id(draft: Draft, taken: Counter[str], guides: Collection[str], format: str) -> str:
    """The slug of the draft's key, its source's or a plain word; numbered where another skill has it."""
    base = slug(draft.key) or slug(draft.source.rpartition("/")[2]) or "skill"
    if base in guides and not draft.named:
        base = f"{base}-{format}"
    id_ = base
    while taken[id_]:
        taken[base] += 1
        id_ = f"{base}-{taken[base]}"
    taken[id_] += 1
    return id_


def _add(wording: Wording, entry: Entry, owners: dict[Owned, str], common: Collection[str], left_out: Counter[str]) -> int:
    """Put a wording where it belongs in its entry; 1 where another skill has it already, else 0."""
    if len(wording.text) > LONGEST:
        left_out[TOO_LONG] += 1
        return 0
    key, text = spelling(wording, entry.name, common)
    owned = (key, words(text))
    if owners.setdefault(owned, entry.id) != entry.id:
        return 1
    if owned not in entry.said:
        entry.said.add(owned)
        (entry.exact if key == "exact" else entry.aliases).append(text)
        if wording.beside:
            entry.ambiguous.append(text)
            if wording.beside not in entry.needs:
                entry.needs.append(wording.beside)
    return 0


def _drop_covered(entry: Entry) -> None:
    """Take out exact wordings that an alias finds anyway."""
    found = {words(alias) for alias in entry.aliases if alias not in entry.ambiguous}
    entry.exact = [wording for wording in entry.exact if words(wording.lower()) not in found]
    kept = {*entry.aliases, *entry.exact}
    entry.ambiguous = [wording for wording in entry.ambiguous if wording in kept]
    entry.needs = entry.needs if entry.ambiguous else []


def spelling(wording: Wording, name: str, common: Collection[str]) -> tuple[str, str]:
    """Where a wording goes, "aliases" or "exact", and how it is written there.

    What may be another word too counts in one spelling only: common words, words of one or two letters, short forms in
    capitals ("JET"; not those that the guide finds in any case, as "SQL"), and single words that the source tells apart
    from other senses.
    """
    text = wording.text
    parts = words(text.lower())
    single = parts[0] if len(parts) == 1 else ""
    guess = wording.case is Case.UNSAID
    if wording.case is Case.EXACT:
        return "exact", text
    if single and (single in common or (guess and (len(single) <= 2 or wording.qualified or wording.beside or _is_short_form(text)))):
        return "exact", _spelled(text, name)
    return "aliases", text.lower()


def _is_short_form(text: str) -> bool:
    return text.isupper() and len(text) <= 4 and words(text.lower()) not in guide_wordings(exact=False)


def _spelled(text: str, name: str) -> str:
    """With the source's capitals, else with the skill's name's, else with those that a name would have."""
    if text != text.lower():
        return text
    if name.lower() == text and name != text:
        return name
    return text.upper() if len(text) <= 2 else text[0].upper() + text[1:]


@cache
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


@cache
def guide_wordings(*, exact: bool = True) -> frozenset[tuple[str, ...]]:
    """The wordings of the guide's skills as lower-case words; without `exact` only those that count in any case, anywhere."""
    guide = load(("guide",))
    phrases = [phrase for concept in guide.concepts.values() if exact or not concept.needs for phrase in concept.aliases]
    if exact:
        phrases += [phrase for concept in guide.concepts.values() for phrase in concept.exact]
    return frozenset(words(wording.lower()) for phrase in phrases for wording in expand(phrase, guide.lists))
