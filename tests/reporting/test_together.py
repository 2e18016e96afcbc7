"""Skills that go together, and the coverage curve: small tables worked out by hand, and what holds of any."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.model import Level
from skillsift.reporting.counts import count
from skillsift.reporting.figures import Figures, Pair
from skillsift.reporting.tally import Tally
from skillsift.vocabulary import Vocabulary

REQUIRED, PREFERRED = Level.REQUIRED, Level.PREFERRED


def of(vocabulary: Vocabulary, *postings: str) -> Figures:
    """A report on postings that require the skills of a word each: "p" Python, "s" SQL, "d" Docker, "k" Kubernetes; capitals prefer."""
    ids = {"p": "python", "s": "sql", "d": "docker", "k": "kubernetes"}
    tallies = [
        Tally({ids[letter.lower()]: REQUIRED if letter.islower() else PREFERRED for letter in word}, str(at))
        for at, word in enumerate(postings)
    ]
    return count(tallies, vocabulary)


def test_lift(vocabulary: Vocabulary) -> None:
    """Docker in 10 of 40, Kubernetes in 8, both in 8: expected 10 * 8 / 40 = 2, lift 4. SQL is as common with Python as without."""
    found = of(vocabulary, *["dkps"] * 8, *["dp"] * 2, *["ps"] * 7, *["p"] * 3, *["s"] * 15, *[""] * 5).together
    assert found.pairs[0] == Pair("docker", "kubernetes", 8, 2.0, 4.0)
    lifts = {frozenset((pair.one, pair.two)): pair for pair in found.pairs}
    assert lifts[frozenset(("python", "docker"))].lift == pytest.approx(10 / (20 * 10 / 40))
    assert frozenset(("python", "sql")) not in lifts, "15 with both where 15 are to be expected"
    assert found.support == 5


@pytest.mark.parametrize(
    ("both", "listed"), [pytest.param(4, False, id="four postings are too few"), pytest.param(5, True, id="five are enough")]
)
def test_support(vocabulary: Vocabulary, both: int, listed: bool) -> None:
    assert bool(of(vocabulary, *["dk"] * both, *[""] * 90).together.pairs) is listed


def test_what_chance_would_do_as_well_is_not_listed(vocabulary: Vocabulary) -> None:
    """Five with both where 10 * 18 / 40 = 4.5 are to be expected: lift 1.1, and nothing to tell."""
    assert of(vocabulary, *["dk"] * 5, *["d"] * 5, *["k"] * 13, *[""] * 17).together.pairs == ()


def test_the_matrix_keeps_groups_together_and_leaves_out_what_cannot_be_told(vocabulary: Vocabulary) -> None:
    found = of(vocabulary, *["psdk"] * 6, *["p"] * 20, *["s"] * 15, *["d"] * 2, *[""] * 57).together
    assert found.skills == ("python", "sql", "docker", "kubernetes")
    assert found.matrix[0][0] is None
    assert found.matrix[2][3] == found.matrix[3][2] == pytest.approx(6 / (8 * 6 / 100))
    few = of(vocabulary, *["dk"] * 2, *["d"] * 6, *[""] * 92).together
    assert few.matrix[0][1] is None, "two with both, and chance would not give five"
    never = of(vocabulary, *["d"] * 50, *["k"] * 50).together
    assert never.matrix[0][1] == 0.0, "none with both where 25 were to be expected is something to tell"


def test_coverage(vocabulary: Vocabulary) -> None:
    """Required: Python 4, SQL 2, Docker 1 (7 in all), in 5 postings; one posting requires nothing."""
    found = of(vocabulary, "p", "p", "ps", "psd", "P", "k").coverage
    assert [(point.id, point.k) for point in found.points] == [("python", 1), ("sql", 2), ("docker", 3), ("kubernetes", 4)]
    assert (found.postings, found.requirements) == (5, 8)
    assert [point.requirements for point in found.points] == pytest.approx([4 / 8, 6 / 8, 7 / 8, 1])
    assert [point.postings for point in found.points] == pytest.approx([2 / 5, 3 / 5, 4 / 5, 1])


@pytest.mark.parametrize("postings", [(), ("",), ("P", "S")], ids=["none", "no skills", "none required"])
def test_nothing_to_cover(vocabulary: Vocabulary, postings: tuple[str, ...]) -> None:
    found = of(vocabulary, *postings)
    assert (found.coverage.points, found.coverage.postings, found.together.pairs) == ((), 0, ())


@given(
    st.lists(st.sets(st.sampled_from("psdkPS")).map(lambda letters: "".join({a.lower(): a for a in sorted(letters)}.values())), max_size=40)
)
def test_what_holds_of_any_postings(vocabulary: Vocabulary, postings: list[str]) -> None:
    found = of(vocabulary, *postings)
    matrix = found.together.matrix
    assert all(matrix[at][to] == matrix[to][at] for at in range(len(matrix)) for to in range(len(matrix)))
    for pair in found.together.pairs:
        assert pair.lift > 1
        assert pair.postings >= found.together.support
        assert pair.expected * pair.lift == pytest.approx(pair.postings)
    curve = found.coverage.points
    assert [point.k for point in curve] == list(range(1, len(curve) + 1))
    for before, after in pairwise(curve):
        assert before.requirements < after.requirements
        assert before.postings <= after.postings
    if curve:
        assert (curve[-1].requirements, curve[-1].postings) == pytest.approx((1, 1))
