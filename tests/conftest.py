"""What the tests share: one tagger for all, the samples, and the switch that writes golden files anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from skillsift import Tagger
from skillsift.vocabulary import Vocabulary, load

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
GOLDENS = Path(__file__).parent / "goldens"

# A slow machine is no failure.
settings.register_profile("skillsift", deadline=None)
settings.load_profile("skillsift")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew; read the diff before you commit it")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="session")
def tagger(vocabulary: Vocabulary) -> Tagger:
    return Tagger(vocabulary=vocabulary)
