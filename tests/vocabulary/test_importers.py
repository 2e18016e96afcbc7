"""Foreign vocabularies: what each format gives, what is refused, and that every pack made is one that the loader takes."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillsift.errors import InputError, UsageError, VocabularyError
from skillsift.tagging.examples import failing_examples
from skillsift.tagging.tagger import Tagger
from skillsift.vocabulary import load
from skillsift.vocabulary.importers import Imported, folders, import_vocabulary
from skillsift.vocabulary.importers.drafts import Case, Draft, Wording
from skillsift.vocabulary.importers.packs import make_entries, spelling
from skillsift.vocabulary.importers.wordings import forms, plain, shortens, slug, spelled_out
from skillsift.vocabulary.phrases import words

SAMPLES = Path(__file__).parents[2] / "samples" / "vocabularies"
GOLDENS = Path(__file__).parent / "goldens"

# (format, sample)
MADE = [
    ("esco", "esco_skills_en.csv"),
    ("onet", "onet_technology_skills.txt"),
    ("onet", "onet_software_skills.txt"),
    ("lightcast", "lightcast_skills.json"),
    ("lightcast", "lightcast_derived.json"),
    ("entity-ruler", "patterns.jsonl"),
]


def write(tmp_path: Path, content: str, name: str = "given") -> Path:
    path = tmp_path / name
    path.write_text(content, "utf-8", errors="surrogatepass", newline="")
    return path


def packed(made: Imported, folder: Path) -> dict[str, Any]:
    """The pack, written and loaded on its own, its skills by id."""
    folders.write(folder, made.files, force=False)
    return dict(load([str(folder)]).concepts)


# ---- the samples ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("format", "sample"), MADE, ids=[row[1] for row in MADE])
def test_samples(format: str, sample: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    made = import_vocabulary(format, SAMPLES / sample)
    left_out = "".join(f"# left out: {what} ({count})\n" for what, count in made.left_out.items())
    content = left_out + "".join(f"# ---- {name}\n{text.decode()}" for name, text in made.files.items())
    golden = GOLDENS / f"{sample}.toml"
    if pytestconfig.getoption("--update-goldens"):
        golden.write_text(content, "utf-8", newline="\n")
    assert golden.read_text("utf-8") == content, "if the new pack is right, run `pytest --update-goldens` and read the diff"
    concepts = packed(made, tmp_path / "pack")
    assert (len(concepts), sum(len(c.aliases) + len(c.exact) for c in concepts.values())) == (made.skills, made.wordings)
    assert not failing_examples(load([str(tmp_path / "pack")]))


def test_both_of_onets_tables_say_the_same(tmp_path: Path) -> None:
    old, new = (import_vocabulary("onet", SAMPLES / f"onet_{kind}_skills.txt") for kind in ("technology", "software"))
    first, second = packed(old, tmp_path / "old"), packed(new, tmp_path / "new")
    assert [(c.id, c.name, c.aliases, c.exact, c.group) for c in first.values()] == [
        (c.id, c.name, c.aliases, c.exact, c.group) for c in second.values()
    ]


def test_every_golden_has_its_sample() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {f"{sample}.toml" for _, sample in MADE}
    assert {path.name for path in SAMPLES.iterdir()} == {sample for _, sample in MADE}


def test_a_pack_tags_at_once(tmp_path: Path) -> None:
    """What the guards are for: the maker's name frees a product's that is a word too."""
    folders.write(tmp_path / "onet", import_vocabulary("onet", SAMPLES / "onet_technology_skills.txt").files, force=False)
    tagger = Tagger([str(tmp_path / "onet")])

    def found(text: str) -> list[str]:
        return [skill.name for skill in tagger.tag(text).skills]

    assert found("You know sql, PeopleSoft and AWS.") == [
        "Structured query language SQL",
        "Amazon Web Services AWS software",
        "Oracle PeopleSoft",
    ]
    assert found("Our Solaris office looks for you.") == []
    assert found("You run Oracle systems on Solaris.") == ["Oracle Solaris"]


# ---- labels --------------------------------------------------------------------------------------------------------------

FORMS = [
    ("machine learning", ["machine learning"], "a label as it is"),
    ("  the keeper\u2019s   ledger ", ["the keeper's ledger"], "quotes and spaces as cleaning makes them"),
    ("on\u2011device\u00a0models", ["on-device models"], "odd hyphens and spaces"),
    ("Fennel\u00ae", ["Fennel"], "signs that postings leave out"),
    ("Fennel (programming language)", ["Fennel"], "what tells senses apart is no part of the name"),
    ("Parcel tracking system (PTS)", ["Parcel tracking system", "PTS"], "a short form is a wording"),
    ("PTS (Parcel tracking system)", ["PTS", "Parcel tracking system"], "so is the long one"),
    ("(Parcel Guild) Keeper", ["Keeper"], "brackets in front"),
    ("Array[int] tools", ["Array tools"], "square ones"),
    ("broken (bracket", [], "an open bracket"),
    ("List<int>", [], "brackets that mean a list in a phrase"),
    ("- \u2014 -", [], "no word"),
    ("(all of it)", [], "nothing outside the brackets"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("label", "expected", "why"), FORMS, ids=[row[2] for row in FORMS])
def test_forms(label: str, expected: list[str], why: str) -> None:
    assert [wording.text for wording in forms(label)] == expected, why


SHORT = [
    ("SQL", "Structured query language", True, "initials"),
    ("XML", "Extensible markup language", True, "one letter from within"),
    ("VBA", "Visual Basic for Applications", True, "a small word passed over"),
    ("AX", "Microsoft Dynamics", False, "letters that are not there"),
    ("ERP", "Deacom", False, "one word has no initials"),
    ("CAD", "Computer architecture", False, "too few initials"),
]


@pytest.mark.parametrize(("short", "long", "expected", "why"), SHORT, ids=[row[3] for row in SHORT])
def test_shortens(short: str, long: str, expected: bool, why: str) -> None:
    assert shortens(short, long) == expected, why


SPELLED = [
    ("Structured query language SQL", ("Structured query language", "SQL")),
    ("Microsoft Visual Basic for Applications VBA", ("Visual Basic for Applications", "VBA")),
    ("Microsoft Dynamics AX", None),
    ("Structured query language sql", None),
    ("SQL", None),
    ("", None),
]


@pytest.mark.parametrize(("label", "expected"), SPELLED)
def test_spelled_out(label: str, expected: tuple[str, str] | None) -> None:
    assert spelled_out(label) == expected


SLUGS = [
    ("C++", "c-plus-plus"),
    ("C#", "c-sharp"),
    (".NET", "dot-net"),
    ("Node.js", "node-js"),
    ("R&D", "r-and-d"),
    ("Ünïcode", "unicode"),
    ("数据", ""),
]


@pytest.mark.parametrize(("text", "expected"), SLUGS)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


# (wording, the skill's name, where it goes, how it is written, why)
SPELLINGS = [
    (Wording("Parcel tracking"), "", "aliases", "parcel tracking", "a phrase of several words"),
    (Wording("Fennel"), "", "aliases", "fennel", "a single word that nothing speaks against"),
    (Wording("Fennel", qualified=True), "", "exact", "Fennel", "the source tells it apart from other senses"),
    (Wording("Spring"), "", "exact", "Spring", "a common word"),
    (Wording("spring", Case.ANY), "", "exact", "Spring", "a common word is never left in any case"),
    (Wording("first"), "", "exact", "First", "a stop word"),
    (Wording("go", Case.ANY), "Go", "exact", "Go", "the name has the capitals"),
    (Wording("go", Case.ANY), "", "exact", "GO", "else two letters are a short form"),
    (Wording("ai", Case.ANY), "", "aliases", "ai", "who says any case means it"),
    (Wording("ai"), "", "exact", "AI", "two letters where nothing is said"),
    (Wording("R"), "", "exact", "R", "one letter"),
    (Wording("JET"), "", "exact", "JET", "a short form may be a word"),
    (Wording("SQL"), "", "aliases", "sql", "but for those of the guide"),
    (Wording("MATLAB"), "", "aliases", "matlab", "a long one is none"),
    (Wording("Word", beside="microsoft"), "", "exact", "Word", "beside its maker"),
    (Wording("Heron", Case.EXACT), "", "exact", "Heron", "the source says so"),
    (Wording("C++"), "", "aliases", "c++", "a letter with signs is no lone letter"),
]


@pytest.mark.parametrize(("wording", "name", "key", "text", "why"), SPELLINGS, ids=[row[4] for row in SPELLINGS])
def test_spelling(wording: Wording, name: str, key: str, text: str, why: str) -> None:
    common = frozenset(("spring", "first", "go"))
    assert spelling(wording, name, common) == (key, text), why


# ---- entries -------------------------------------------------------------------------------------------------------------


def test_whose_wording_stands_first_owns_it() -> None:
    left_out: Counter[str] = Counter()
    drafts = [
        Draft("a", "A", "g", (Wording("parcel work"), Wording("Parcel-Work"))),
        Draft("b", "B", "g", (Wording("parcel work"), Wording("crate work"))),
        Draft("c", "C", "g", (Wording("crate work"),)),
    ]
    entries = make_entries(drafts, left_out, format="esco")
    assert [(entry.id, entry.aliases) for entry in entries] == [("a", ["parcel work"]), ("b", ["crate work"])]
    assert +left_out == {"wordings that another skill has already": 1, "skills whose wordings others have already": 1}


def test_ids_are_unique_and_in_the_order_of_the_file() -> None:
    drafts = [Draft("Crate!", f"N{n}", "g", (Wording(f"crate number {n}"),)) for n in range(3)]
    drafts += [
        Draft("数据", "数据", "g", (Wording("数据"),), source="https://example.org/skill/77"),
        Draft("数", "数", "g", (Wording("数"),)),
    ]
    assert [entry.id for entry in make_entries(drafts, Counter(), format="esco")] == ["crate", "crate-2", "crate-3", "77", "skill"]


def test_a_skill_of_the_guides_is_replaced_on_purpose_only() -> None:
    drafts = [Draft("Python", "Python", "g", (Wording("python"),)), Draft("java", "Java", "g", (Wording("java"),), named=True)]
    assert [entry.id for entry in make_entries(drafts, Counter(), format="onet")] == ["python-onet", "java"]


def test_new_only_leaves_out_what_the_guide_has() -> None:
    left_out: Counter[str] = Counter()
    drafts = [
        Draft("Structured query language SQL", "Structured query language SQL", "g", (Wording("sql tables"), Wording("SQL"))),
        Draft("crates", "Crates", "g", (Wording("crate work"), Wording("Python"))),
    ]
    entries = make_entries(drafts, left_out, format="esco", new_only=True)
    assert [(entry.name, entry.aliases) for entry in entries] == [("Crates", ["crate work"])]
    assert +left_out == {"skills that the guide has already": 1, "wordings that the guide has already": 1}


LABELS = st.text(st.sampled_from("aAbBzZéß 019+#./&'-()[]<>\"\\\u2011\u200b\u00ae\ud800\n\t"), max_size=30)


@st.composite
def esco_tables(draw: st.DrawFn) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["conceptUri", "skillType", "preferredLabel", "altLabels"])
    for number, (name, other) in enumerate(draw(st.lists(st.tuples(LABELS, st.lists(LABELS, max_size=4)), max_size=8))):
        writer.writerow([f"http://example.org/{number}", "knowledge", name, "\n".join(other)])
    return out.getvalue().replace("\ud800", "?")


@settings(max_examples=50)  # each loads a pack
@given(esco_tables())
def test_whatever_the_labels_the_pack_loads(tmp_path_factory: pytest.TempPathFactory, table: str) -> None:
    path = write(tmp_path_factory.mktemp("labels"), table)
    try:
        made = import_vocabulary("esco", path)
    except InputError:
        assert not any(forms(label) for row in csv.reader(io.StringIO(table)) for label in row[2:3] if row[0] != "conceptUri")
        return
    concepts = packed(made, path.parent / "pack")
    assert len(concepts) == made.skills
    for concept in concepts.values():
        assert all(words(wording) and plain(wording) == wording for wording in (*concept.aliases, *concept.exact))


@given(st.text(max_size=60))
def test_any_label_is_taken_or_left(label: str) -> None:
    for wording in forms(label):
        assert words(wording.text)
        assert wording.text == plain(wording.text)


# ---- spaCy's patterns ----------------------------------------------------------------------------------------------------

# (line, aliases, exact, why)
PATTERNS = [
    ({"label": "SKILL", "pattern": "Parcel Tracking"}, ("parcel tracking",), (), "a text"),
    ({"label": "SKILL", "pattern": [{"LOWER": "parcel"}, {"LOWER": "tracking"}]}, ("parcel tracking",), (), "tokens in any case"),
    ({"label": "SKILL", "pattern": [{"lower": "parcel"}]}, ("parcel",), (), "spaCy takes attributes in small letters"),
    ({"label": "SKILL", "pattern": [{"TEXT": "Heron"}]}, (), ("Heron",), "a token in its own case"),
    ({"label": "SKILL", "pattern": [{"ORTH": "."}, {"LOWER": "fen"}]}, (".fen",), (), "a sign has no case"),
    ({"label": "SKILL", "pattern": [{"ORTH": "Fen"}, {"LOWER": "boot"}]}, (), ("Fen boot", "Fen Boot", "Fen BOOT"), "some of each"),
    ({"label": "SKILL", "pattern": [{"LOWER": "fen"}, {"LOWER": "/"}, {"LOWER": "bog"}]}, ("fen/bog",), (), "a sign stands close"),
    ({"label": "SKILL", "pattern": [{"LOWER": "5"}, {"LOWER": "g"}]}, ("5 g", "5g"), (), "spaCy parts a number from its unit"),
    (
        {"label": "SKILL", "pattern": [{"LOWER": "5"}, {"LOWER": "g"}, {"LOWER": "10"}, {"LOWER": "km"}]},
        ("5 g 10 km", "5 g 10km", "5g 10 km", "5g 10km"), (), "twice",
    ),
    ({"label": "SKILL", "pattern": [{"LOWER": "fen 4"}, {"LOWER": "bog"}]}, ("fen 4 bog",), (), "a token that holds a space"),
    ({"label": "SKILL", "pattern": [{"LOWER": "big"}, {"LOWER": "fen"}, {"LOWER": "(bf)"}]}, ("big fen", "bf"), (), "brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "aliases", "exact", "why"), PATTERNS, ids=[row[3] for row in PATTERNS])
def test_patterns(tmp_path: Path, line: dict[str, Any], aliases: tuple[str, ...], exact: tuple[str, ...], why: str) -> None:
    (concept,) = packed(import_vocabulary("entity-ruler", write(tmp_path, json.dumps(line))), tmp_path / "pack").values()
    assert (concept.aliases, concept.exact) == (aliases, exact), why


# (line, what its fault must say, why)
REFUSED = [
    ('{"label": "SKILL", "pattern": [{"LOWER": ""}]}', "empty token", "an empty token"),
    ('{"label": "SKILL", "pattern": [{"LOWER": "a", "OP": "?"}]}', "LOWER, OP", "an operator"),
    ('{"label": "SKILL", "pattern": [{"POS": "NOUN"}]}', "POS", "a part of speech"),
    ('{"label": "SKILL", "pattern": [{"LOWER": {"REGEX": "^a"}}]}', "no text", "a regular expression"),
    ('{"label": "SKILL", "pattern": [{}]}', "nothing", "a token of any kind"),
    ('{"label": "SKILL", "pattern": []}', "empty", "no token"),
    ('{"label": "SKILL", "pattern": ""}', "no word", "an empty text"),
    ('{"label": "SKILL", "pattern": 7}', "neither", "a number"),
    ('{"label": "SKILL", "pattern": "<b>"}', "brackets", "brackets that a phrase cannot hold"),
    ('{"label": "SKILL"}', "no pattern", "no pattern"),
    ('{"pattern": "a b"}', "no pattern", "no label"),
    ('{"label": "SKILL", "pattern": "a b", "id": 7}', "id 7", "an id that is no text"),
    ('["SKILL"]', "a JSON list", "a list"),
    ('{"label": ', "not JSON", "half a line"),
    ("[" * 100_000, "", "deep nesting"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "told", "why"), REFUSED, ids=[row[2] for row in REFUSED])
def test_a_line_that_is_no_phrase(tmp_path: Path, line: str, told: str, why: str) -> None:
    """The fault names the line; the good line before it does not come through alone."""
    good = json.dumps({"label": "SKILL", "pattern": "parcel tracking"})
    path = write(tmp_path, f"{good}\n\n{line}\n")
    with pytest.raises(VocabularyError) as refused:
        import_vocabulary("entity-ruler", path)
    (fault,) = refused.value.faults
    assert fault.line == 3
    assert told in fault.message or fault.message.startswith("no pattern"), why
    assert "\n" not in str(fault)
    made = import_vocabulary("entity-ruler", path, skip_faulty=True)
    assert (made.skills, made.left_out["faulty patterns"]) == (1, 1)


def test_all_faulty_lines_come_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path, '{"label": "S", "pattern": [{"LOWER": ""}]}\n{"label": "S", "pattern": "fine"}\n{"label": "S", "pattern": [{"TAG": "N"}]}'
    )
    with pytest.raises(VocabularyError) as refused:
        import_vocabulary("entity-ruler", path)
    assert [fault.line for fault in refused.value.faults] == [1, 3]


# (label, pattern, id …; id, name and group of the one skill, why)
NAMED = [
    ([("SKILL|cpp", "fen plus", None), ("SKILL|cpp", "fenpp", None)], ("cpp", "fen plus", "skill"), "a label with an id"),
    ([("LANG|x", "fen", "Fen Lang")], ("fen-lang", "Fen Lang", "lang"), "the id goes first"),
    ([("SKILL", "Fen", None), ("SKILL", [{"LOWER": "fen"}], None)], ("fen", "Fen", "skill"), "the same word twice"),
    ([("lists", "fen", None)], ("fen", "fen", "listed"), "lists.toml means something else in a pack"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), NAMED, ids=[row[2] for row in NAMED])
def test_names_and_groups(tmp_path: Path, lines: list[tuple[str, Any, str | None]], expected: tuple[str, str, str], why: str) -> None:
    path = write(tmp_path, "\n".join(json.dumps({"label": label, "pattern": pattern, "id": id_}) for label, pattern, id_ in lines))
    (concept,) = packed(import_vocabulary("entity-ruler", path), tmp_path / "pack").values()
    assert (concept.id, concept.name, concept.group) == expected, why


def test_the_folder_that_spacy_writes(tmp_path: Path) -> None:
    import spacy

    ruler = spacy.blank("en").add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "SKILL", "pattern": "fen", "id": "fen"}])  # type: ignore[attr-defined]
    ruler.to_disk(tmp_path / "ruler")  # type: ignore[attr-defined]
    assert import_vocabulary("entity-ruler", tmp_path / "ruler").skills == 1


# ---- files that are not what they should be ------------------------------------------------------------------------------

WRONG = [
    ("esco", "a,b\n1,2\n", "no column 'conceptUri'", "another table"),
    ("esco", "", "no column", "an empty file"),
    ("esco", "conceptUri,preferredLabel\n", "no skill in it", "no row"),
    ("onet", "O*NET-SOC Code\tElement ID\tElement Name\n1\t2\t3\n", "no column 'Example'", "another table of O*NET's"),
    ("onet", "Example,Commodity Title\na,b\n", "no column", "commas for tabs"),
    ("onet", "Example\tCommodity Title\nfen\rbog\tx\n", "not a tab-delimited table", "a carriage return in a cell"),
    ("lightcast", "{", "not JSON", "half a file"),
    ("lightcast", "[" * 100_000, "not JSON", "deep nesting"),
    ("lightcast", "1" * 5000, "not JSON", "a number beyond all measure"),
    ("lightcast", "{}", "not of a form", "no data"),
    ("lightcast", '{"data": [7]}', "not of a form", "numbers for skills"),
    ("lightcast", '[{"name": "("}]', "no skill in it", "a name that no phrase can hold"),
    ("entity-ruler", "\n", "no skill in it", "an empty file"),
    ("entity-ruler", '[{"label": "S", "pattern": "a b"}]', "a JSON list", "one list in place of lines"),
]


@pytest.mark.parametrize(("format", "content", "told", "why"), WRONG, ids=[f"{row[0]} {row[3]}" for row in WRONG])
def test_a_file_of_another_kind(tmp_path: Path, format: str, content: str, told: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        import_vocabulary(format, write(tmp_path, content))
    assert told in str(refused.value), why
    assert str(tmp_path / "given") in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("format", ["esco", "onet", "lightcast", "entity-ruler"])
def test_bytes_that_are_not_utf8(tmp_path: Path, format: str) -> None:
    (tmp_path / "given").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(InputError, match="not UTF-8"):
        import_vocabulary(format, tmp_path / "given")
    with pytest.raises(InputError, match="cannot be read"):
        import_vocabulary(format, tmp_path / "nowhere")


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert import_vocabulary("esco", write(tmp_path, "\ufeffconceptUri,preferredLabel\nu,parcel work\n")).skills == 1


# ---- the folder ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def made() -> Imported:
    return import_vocabulary("esco", SAMPLES / "esco_skills_en.csv")


def test_the_same_bytes_each_time(made: Imported) -> None:
    assert import_vocabulary("esco", SAMPLES / "esco_skills_en.csv").files == made.files


def test_an_own_folder_is_written_over(made: Imported, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "pack"
    folders.write(folder, {**made.files, "gone.toml": made.files["skill.toml"]}, force=False)
    (folder / "skill.toml.part").write_text("half of it", "utf-8")
    folders.write(folder, made.files, force=False)
    assert {path.name: path.read_bytes() for path in folder.glob("*.toml")} == made.files, "what an earlier import left is gone"


@pytest.mark.parametrize("name", ["notes.txt", "mine.toml", ".hidden"])
def test_another_folder_is_left_alone(made: Imported, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=name):
        folders.write(tmp_path, made.files, force=False)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    folders.write(tmp_path, made.files, force=True)
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_pack_that_was_edited_is_left_alone(made: Imported, tmp_path: Path) -> None:
    folders.write(tmp_path / "pack", made.files, force=False)
    file = tmp_path / "pack" / "skill.toml"
    file.write_text(file.read_text("utf-8") + "# my guard\n", "utf-8")
    with pytest.raises(UsageError, match=r"skill\.toml.*edited"):
        folders.write(tmp_path / "pack", made.files, force=False)
    assert file.read_text("utf-8").endswith("# my guard\n")
    folders.write(tmp_path / "pack", made.files, force=True)
    assert file.read_bytes() == made.files["skill.toml"]


def test_a_file_for_a_folder(made: Imported, tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("", "utf-8")
    with pytest.raises(UsageError, match="is a file"):
        folders.write(tmp_path / "pack", made.files, force=True)
