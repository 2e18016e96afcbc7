"""The vocabulary: what skillsift knows about language, read from `patterns/`."""

from skillsift.vocabulary.load import load
from skillsift.vocabulary.schema import Concept, Rule, Vocabulary

__all__ = ["Concept", "Rule", "Vocabulary", "load"]
