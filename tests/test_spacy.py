"""skillsift in a spaCy pipeline: any tokenizer, several processes, stored and loaded."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin
from spacy.util import compile_infix_regex

from skillsift import Tagger, UsageError
from skillsift.model import Level, Mention, Posting
from skillsift.spacy_component import SkillsiftComponent

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
TEXT = "Requirements:\n- 5+ years of Python/Java and C++\n- SQL,Docker;Kubernetes is a plus.\nPython3 and Python are used."


def whitespace_tokens(nlp: Language) -> Tokenizer:
    """As some pipelines have them: punctuation stays with the words."""
    return Tokenizer(nlp.vocab)


def single_characters(nlp: Language) -> Tokenizer:
    return Tokenizer(nlp.vocab, infix_finditer=compile_infix_regex([r"(?<=.)(?=.)"]).finditer)


@pytest.fixture(scope="module")
def nlp(tagger: Tagger) -> Language:
    pipeline = spacy.blank("en")
    component = pipeline.add_pipe("skillsift")
    component.__dict__["_tagger"] = tagger
    return pipeline


def pack(folder: Path) -> Path:
    folder.mkdir()
    (folder / "tools.toml").write_text('[parcels]\nname = "Parcels"\naliases = ["parcel(s)"]\n', "utf-8")
    return folder


def spans(doc: Doc, key: str = "skills") -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[key]]


@pytest.mark.filterwarnings("ignore:.*W101.*")
def test_the_documentation_runs() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "spacy.md"), module_relative=False, encoding="utf-8")
    assert not failed
    assert tried >= 10


def test_the_module_documentation_runs() -> None:
    import skillsift.spacy_component

    failed, tried = doctest.testmod(skillsift.spacy_component)
    assert (failed, tried) == (0, 6)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_says_what_the_tagger_says(nlp: Language, tagger: Tagger, path: Path) -> None:
    text = path.read_text("utf-8")
    doc = nlp(text)
    tagged = tagger.tag(Posting(text=text))
    assert doc._.skillsift == tagged
    mentions = [mention for skill in tagged.skills for mention in skill.mentions]
    assert sorted((span._.skillsift.start, span._.skillsift.end) for span in doc.spans["skills"]) == sorted(
        (mention.start, mention.end) for mention in mentions
    )
    for span in doc.spans["skills"]:
        assert isinstance(span._.skillsift, Mention)
        assert span.kb_id_ == span.label_
        assert span._.skillsift.text in doc.text[span.start_char : span.end_char]


@pytest.mark.parametrize(
    ("tokens", "found"),
    [
        (
            None,
            [("Python", "python"), ("Java", "java"), ("C++", "cpp"), ("SQL", "sql"), ("Docker;Kubernetes", "docker"),
             ("Docker;Kubernetes", "kubernetes"), ("Python3", "python"), ("Python", "python")],
        ),
        (
            whitespace_tokens,
            [("Python/Java", "python"), ("Python/Java", "java"), ("C++", "cpp"), ("SQL,Docker;Kubernetes", "sql"),
             ("SQL,Docker;Kubernetes", "docker"), ("SQL,Docker;Kubernetes", "kubernetes"), ("Python3", "python"), ("Python", "python")],
        ),
        (
            single_characters,
            [("Python", "python"), ("Java", "java"), ("C++", "cpp"), ("SQL", "sql"), ("Docker", "docker"), ("Kubernetes", "kubernetes"),
             ("Python3", "python"), ("Python", "python")],
        ),
    ],
    ids=["English", "white space", "characters"],
)  # fmt: skip
def test_any_tokenizer(tagger: Tagger, tokens: Any, found: list[tuple[str, str]]) -> None:
    """A span is made of whole tokens; each still tells its own mention."""
    pipeline = spacy.blank("en")
    if tokens is not None:
        pipeline.tokenizer = tokens(pipeline)
    pipeline.add_pipe("skillsift").__dict__["_tagger"] = tagger
    doc = pipeline(TEXT)
    assert spans(doc) == found
    assert doc._.skillsift == tagger.tag(TEXT)
    assert {span.label_: str(span._.skillsift.level) for span in list(doc.spans["skills"])[3:6]} == {
        "sql": "required", "docker": "required", "kubernetes": "preferred",
    }  # fmt: skip


def test_of_two_mentions_in_a_token_the_strongest(tagger: Tagger) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillsift").__dict__["_tagger"] = tagger
    text = "Python is nice to have. Python is required."
    doc = pipeline(Doc(pipeline.vocab, words=[text], spaces=[False]))
    assert spans(doc) == [(text, "python")]
    assert doc.spans["skills"][0]._.skillsift.level is Level.REQUIRED


@given(st.lists(st.sampled_from(["Python", "C++", "/", ", ", "\n", "Java", "· ", "é", "😀", "5+ years of ", "is a plus. "]), max_size=12))
def test_every_mention_has_its_span(nlp: Language, words: list[str]) -> None:
    doc = nlp("".join(words))
    for skill in doc._.skillsift.skills:
        for mention in skill.mentions:
            assert any(
                span.label_ == skill.id and span.start_char <= mention.start and mention.end <= span.end_char
                for span in doc.spans["skills"]
            )


@pytest.mark.parametrize("text", ["", " \n ", "Nothing here."])
def test_docs_without_skills(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert (spans(doc), doc._.skillsift.skills) == ([], ())


def test_a_doc_that_was_not_tagged(nlp: Language) -> None:
    doc = nlp.make_doc("Python")
    assert (doc._.skillsift, doc[:1]._.skillsift) == (None, None)


def test_the_title_is_the_docs(nlp: Language) -> None:
    doc = nlp.make_doc("We move parcels.")
    doc._.skillsift_title = "Staff ML Engineer"
    assert (nlp(doc)._.skillsift.stage, doc._.skillsift.title) == ("staff", "Staff ML Engineer")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # spaCy leaves its pipes open
@pytest.mark.parametrize("processes", [1, 2])
def test_several_processes(nlp: Language, tagger: Tagger, processes: int) -> None:
    """Docs pass between processes as bytes: the records must pass with them."""
    texts = [f"{TEXT} {at}+ years of SQL" for at in range(20)]
    docs = list(nlp.pipe(texts, n_process=processes, batch_size=4))
    assert [doc._.skillsift for doc in docs] == [tagger.tag(text) for text in texts]
    assert all(span._.skillsift is not None for doc in docs for span in doc.spans["skills"])


def test_docs_are_stored_with_their_records(nlp: Language) -> None:
    doc = nlp(TEXT)
    copies = [
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        pickle.loads(pickle.dumps(doc)),
        *DocBin(store_user_data=True).from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab),
    ]
    for copy in copies:
        assert copy._.skillsift == doc._.skillsift
        assert [span._.skillsift for span in copy.spans["skills"]] == [span._.skillsift for span in doc.spans["skills"]]


def test_a_stored_pipeline_holds_its_packs(tmp_path: Path) -> None:
    mine = pack(tmp_path / "mine")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillsift", name="postings", config={"packs": ["guide", str(mine)], "spans_key": "found"})
    doc = pipeline("We move parcels in Python.")
    assert spans(doc, "found") == [("parcels", "parcels"), ("Python", "python")]
    pipeline.to_disk(tmp_path / "stored")
    sent = pipeline.to_bytes()
    (mine / "tools.toml").unlink()
    for loaded in (spacy.load(tmp_path / "stored"), spacy.blank("en", config=pipeline.config).from_bytes(sent)):
        again = loaded("We move parcels in Python.")
        assert spans(again, "found") == spans(doc, "found")
        assert again._.skillsift == doc._.skillsift, "the digest too"
        assert again._.skillsift.packs == ("guide", "mine")
    spacy.load(tmp_path / "stored").to_disk(tmp_path / "twice")
    assert spans(spacy.load(tmp_path / "twice")("Parcels"), "found") == [("Parcels", "parcels")]


def test_what_was_stored_elsewhere_writes_nowhere_else(tmp_path: Path) -> None:
    component = SkillsiftComponent(packs=("guide", "x"))
    (tmp_path / "packs.json").write_text(
        '{"x": ["../../up", {"../../../tools.toml": "[parcels]\\nname = \\"P\\"\\naliases = [\\"parcel(s)\\"]"}]}', "utf-8"
    )
    component.from_disk(tmp_path)
    assert component.vocabulary.packs == ("guide", "up")
    assert component.vocabulary.concepts["parcels"].file == "up/tools.toml"


def test_a_component_goes_to_a_process_that_is_started(tmp_path: Path) -> None:
    """Windows and macOS start processes and send them the component."""
    component = SkillsiftComponent(packs=("guide", str(pack(tmp_path / "mine"))))
    assert "parcels" in component.vocabulary.concepts
    sent = pickle.dumps(component)
    assert len(sent) < 10_000, "the pack and not the matcher"
    (tmp_path / "mine" / "tools.toml").unlink()
    assert "parcels" in pickle.loads(sent).vocabulary.concepts


def test_a_pack_that_is_not_there() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillsift", config={"packs": ["guide", "nowhere"]})
    with pytest.raises(UsageError, match="nowhere: no such pack"):
        pipeline("Python")


def test_the_entry_point_is_enough() -> None:
    """No import of skillsift: spaCy finds the factory by itself."""
    code = "import spacy; nlp = spacy.blank('de'); nlp.add_pipe('skillsift'); doc = nlp('Python'); print(doc.spans['skills'][0].label_)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("python\n", "")
