"""The vocabulary's own examples, tried: every `fires` must match, every `silent` must not."""

from __future__ import annotations

from skillsift.errors import Fault
from skillsift.tagging.clean import Cleaner
from skillsift.tagging.education import degree_hits
from skillsift.tagging.levels import is_mid_clause
from skillsift.tagging.matching import PhraseIndex
from skillsift.tagging.sections import SectionFinder
from skillsift.tagging.tagger import Tagger
from skillsift.vocabulary.schema import Rule, Vocabulary


def failing_examples(vocabulary: Vocabulary) -> list[Fault]:
    """A fault for each example that does not do what it is there to show."""
    tagger = Tagger(vocabulary=vocabulary)
    faults: list[Fault] = []
    for concept in vocabulary.concepts.values():
        for texts, wanted in ((concept.fires, True), (concept.silent, False)):
            for text in texts:
                found = any(skill.id == concept.id for skill in tagger.tag(text).skills)
                if found != wanted:
                    faults.append(Fault(concept.file, concept.line, _message(concept.id, text, wanted)))
    fired = _RuleTrial(vocabulary)
    for rules in vocabulary.rules.values():
        for rule in rules:
            for texts, wanted in ((rule.fires, True), (rule.silent, False)):
                faults.extend(
                    Fault(f"{rule.file}.toml", rule.line, _message(rule.name, text, wanted))
                    for text in texts
                    if fired(rule, text) != wanted
                )
    return faults


def _message(name: str, text: str, wanted: bool) -> str:
    return f"[{name}] should {'match' if wanted else 'not match'} in its example {text!r}"


class _RuleTrial:
    """Whether a rule matches in a text: a heading opens its section, any other rule's phrase stands."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._clean = Cleaner(vocabulary)
        self._index = PhraseIndex(vocabulary)
        self._sections = SectionFinder(vocabulary)

    def __call__(self, rule: Rule, text: str) -> bool:
        clean = self._clean(text, unglue=rule.file != "seniority").text
        hits = self._index.find(clean)
        if rule.file == "sections":
            lines = f"{clean}\nWe count parcels."
            return any(
                section.kind == rule.name and (section.heading or rule.name == "furniture")
                for section in self._sections(lines, self._index.find(lines)).sections
            )
        if rule.options.get("last"):
            return any(hit.rule is rule and not is_mid_clause(clean, hit) for hit in hits.rules(rule.file))
        if rule.options.get("needs-context"):
            return any(hit.rule is rule for hit, _ in degree_hits(clean, hits))
        return any(hit.rule is rule for hit in hits.rules(rule.file))
