"""What `load` refuses, and that it tells every fault at once with the file and the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from skillsift.errors import Fault, UsageError, VocabularyError
from skillsift.vocabulary import Vocabulary, load

Pack = Callable[..., Path]

PLAIN = '[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\n'


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Writes a pack of files (stem → source) and gives its folder."""

    def write(folder: str = "mine", **files: str) -> Path:
        place = tmp_path / folder
        place.mkdir()
        for stem, source in files.items():
            (place / f"{stem}.toml").write_text(source, "utf-8")
        return place

    return write


def faults_of(*packs: Path | str) -> list[Fault]:
    with pytest.raises(VocabularyError) as refused:
        load([str(p) for p in packs])
    return refused.value.faults


def test_a_plain_pack_is_read(pack: Pack) -> None:
    vocabulary = load([str(pack(language=PLAIN))])
    (concept,) = vocabulary.concepts.values()
    assert (concept.id, concept.name, concept.group, concept.pack, concept.file, concept.line) == (
        "kotlin", "Kotlin", "language", "mine", "mine/language.toml", 1,
    )  # fmt: skip
    assert vocabulary.packs == ("mine",)


# (source of mine/tools.toml, line, what the message must say, why)
FAULTS = [
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nalias = ["kt"]\n', 4, "unknown field 'alias'", "an unknown field"),
    ('[kotlin]\nname = 7\naliases = ["kotlin"]\n', 2, "name must be a text", "a number for a text"),
    ('[kotlin]\nname = " "\naliases = ["kotlin"]\n', 2, "name must be a text", "an empty text"),
    ('[kotlin]\nname = "Kotlin"\naliases = "kotlin"\n', 3, "aliases must be a list of phrases", "a text for a list"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", 2]\n', 3, "aliases must be a list of phrases", "a number in a list"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", ""]\n', 3, "aliases must be a list of phrases", "an empty phrase"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nfires = "Kotlin"\n', 4, "fires must be a list of texts", "a text for texts"),
    ('[kotlin]\naliases = ["kotlin"]\n', 1, "has no name", "no name"),
    ('[kotlin]\nname = "Kotlin"\n', 1, "can never match", "no wording at all"),
    ('[kotlin]\nname = "Kotlin"\nverbs = ["code"]\n', 1, "can never match", "verbs without objects"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nobjects = ["app"]\n', 1, "objects go with verbs", "objects without verbs"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nnouns = ["use"]\n', 1, "objects go with verbs", "nouns without objects"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nambiguous = ["kotlin"]\n', 4, "without needs", "ambiguous without needs"),
    (
        '[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nneeds = ["jvm"]\nambiguous = ["kot"]\n',
        5, "none of its aliases", "ambiguous names a wording that is not there",
    ),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "Kotlin lang"]\n', 3, "lower case", "capitals in an alias"),
    (
        '[kotlin]\nname = "Kotlin"\naliases = [\n  "kotlin",\n  "kotlin\u2011jvm",\n]\n',
        5, "can never match", "a character that cleaning replaces",
    ),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin\u00a0jvm"]\n', 3, "U+00A0", "a no-break space in an alias"),
    ('[kotlin]\nname = "Kotlin"\nexact = ["Kotlin\u200b"]\n', 3, "U+200B", "a zero-width space in an exact wording"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "-"]\n', 3, "without any word", "a wording of nothing but a hyphen"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "(s)"]\n', 3, "without any word", "a phrase that may be nothing"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin(s"]\n', 3, "bracket", "an open bracket"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["<jvms>"]\n', 3, "no list called <jvms>", "an unknown list"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "kotlin"]\n', 3, "'kotlin' twice", "the same phrase twice"),
    ('[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "spring"]\n', 3, "too common a word", "a common word without a guard"),
    (
        '[kotlin]\nname = "Kotlin"\naliases = ["kotlin", "spring"]\nneeds = ["jvm"]\nambiguous = ["kotlin"]\n',
        3, "too common a word", "a guard for another of its wordings",
    ),
    ('[Kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\n', 1, "an id is lower case", "capitals in an id"),
    ('[kotlin--jvm]\nname = "Kotlin"\naliases = ["kotlin"]\n', 1, "an id is lower case", "two hyphens in an id"),
    ('# tools\nkotlin = "Kotlin"\n', 2, "not a table", "a value where a table should be"),
    ('[kotlin]\nname = "Kotlin\naliases = ["kotlin"]\n', 2, "not TOML", "an open quote"),
    ('[kotlin]\nname = "A"\nname = "B"\n', 3, "not TOML", "a key twice"),
    (PLAIN + PLAIN, 4, "not TOML", "a table twice"),
    (
        PLAIN + '[ktor]\nname = "Ktor"\naliases = [\n  "ktor",\n  "kotlin",\n]\n',
        8, "'kotlin' belongs to [kotlin] already", "an alias owned twice",
    ),
    (
        PLAIN + '[ktor]\nname = "Ktor"\naliases = ["kotl[in|or]"]\n',
        6, "'kotlin' belongs to [kotlin] already", "owned twice through a bracket",
    ),
    (
        '[a-b]\nname = "A"\naliases = ["on device"]\n[c-d]\nname = "C"\naliases = ["on-device"]\n',
        6, "belongs to [a-b] already", "owned twice: a hyphen is a space",
    ),
    (
        '[a-b]\nname = "A"\nexact = ["KT"]\n[c-d]\nname = "C"\nexact = ["KT"]\n',
        6, "belongs to [a-b] already", "an exact wording owned twice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "told", "why"), FAULTS, ids=[row[3] for row in FAULTS])
def test_fault(pack: Pack, source: str, line: int, told: str, why: str) -> None:
    faults = [fault for fault in faults_of(pack(tools=source)) if told in fault.message]
    assert len(faults) == 1, why
    assert (faults[0].file, faults[0].line) == ("mine/tools.toml", line)
    assert str(faults[0]).startswith(f"mine/tools.toml:{line}: ")


FINE = [
    ('[kt]\nname = "KT"\naliases = ["kt"]\n[kt-exact]\nname = "KT"\nexact = ["KT"]\n', "any case and exact case are different wordings"),
    ('[kt]\nname = "KT"\nexact = ["KT"]\n[kt-low]\nname = "kt"\nexact = ["kt"]\n', "two exact wordings in different case"),
    ('[spring]\nname = "Spring"\nexact = ["Spring"]\n', "a common word under exact"),
    ('[spring]\nname = "Spring"\naliases = ["spring"]\nneeds = ["java"]\n', "a common word with needs"),
    ('[spring]\nname = "Spring"\naliases = ["spring", "spring boot"]\nneeds = ["java"]\nambiguous = ["spring"]\n', "needs for it alone"),
    ('[app-work]\nname = "App work"\nverbs = ["build"]\nobjects = ["app(s)"]\n', "verbs and objects are enough"),
    ('["kotlin"]  # quoted\nname = "Kotlin"\naliases = ["kotlin"]\n', "a quoted id"),
]


@pytest.mark.parametrize(("source", "why"), FINE, ids=[row[1] for row in FINE])
def test_no_fault(pack: Pack, source: str, why: str) -> None:
    assert load([str(pack(tools=source))]).concepts, why


def test_all_faults_come_at_once_in_file_order(pack: Pack) -> None:
    folder = pack(
        b='[kotlin]\nname = "Kotlin"\naliases = ["kotlin"]\nalias = ["kt"]\n[ktor]\naliases = ["ktor", "spring"]\n',
        a='[scala]\nname = "Scala\n',
        lists='jvms = "kotlin"\n',
    )
    assert [(fault.file, fault.line) for fault in faults_of(folder)] == [
        ("mine/a.toml", 2), ("mine/b.toml", 4), ("mine/b.toml", 5), ("mine/b.toml", 6), ("mine/lists.toml", 1),
    ]  # fmt: skip


def test_the_error_is_one_line_with_the_first_fault_and_how_many_more(pack: Pack) -> None:
    with pytest.raises(VocabularyError) as refused:
        load([str(pack(tools='[kotlin]\nalias = ["kt"]\n'))])
    faults = refused.value.faults
    assert len(faults) == 3
    assert str(refused.value).startswith(str(faults[0]))
    assert "2 more" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_single_fault_promises_no_more(pack: Pack) -> None:
    with pytest.raises(VocabularyError) as refused:
        load([str(pack(tools='[kotlin]\naliases = ["kotlin"]\n'))])
    assert str(refused.value) == "mine/tools.toml:1: [kotlin] has no name"


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "tools.toml").write_bytes('[kotlin]\nname = "K\u00f6tlin"\n'.encode("latin-1"))
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.line) == (f"{tmp_path.name}/tools.toml", 1)
    assert "UTF-8" in fault.message


def test_the_same_id_in_two_files_of_a_pack(pack: Pack) -> None:
    faults = faults_of(pack(a=PLAIN, b="# again\n" + PLAIN))
    assert [(fault.file, fault.line) for fault in faults] == [("mine/b.toml", 2)]
    assert "mine/a.toml already" in faults[0].message


def test_the_same_id_in_two_packs_is_the_later_ones(pack: Pack) -> None:
    first = pack("first", language=PLAIN + '[scala]\nname = "Scala"\naliases = ["scala"]\n')
    second = pack("second", jvm='[kotlin]\nname = "Kotlin 2"\naliases = ["kotlin"]\n')
    vocabulary = load([str(first), str(second)])
    kotlin = vocabulary.concepts["kotlin"]
    assert (kotlin.name, kotlin.group, kotlin.pack, kotlin.file) == ("Kotlin 2", "jvm", "second", "second/jvm.toml")
    assert vocabulary.concepts["scala"].pack == "first"
    assert vocabulary.packs == ("first", "second")
    assert load([str(second), str(first)]).concepts["kotlin"].name == "Kotlin", "the order of the packs decides"


def test_a_pack_on_top_of_the_guide(pack: Pack, vocabulary: Vocabulary) -> None:
    folder = pack(language=PLAIN + '[python]\nname = "Python (ours)"\naliases = ["python"]\n')
    both = load(["guide", str(folder)])
    assert set(both.concepts) == {*vocabulary.concepts, "kotlin"}
    assert both.concepts["python"].name == "Python (ours)"
    assert both.concepts["java"] == vocabulary.concepts["java"]


def test_two_packs_may_own_a_wording(pack: Pack) -> None:
    """Packs stand side by side: "Tableau" shows data to the guide, and is a skill of its own to another pack."""
    both = load(["guide", str(pack(language='[snake]\nname = "Snake"\naliases = ["snake", "python"]\n'))])
    assert "python" in both.concepts["snake"].aliases
    assert "python" in both.concepts["python"].aliases


def test_a_table_in_anothers_place_is_at_home_there(pack: Pack) -> None:
    """Who replaces a skill of the guide joins its skills, and may not take a wording that another of them owns."""
    both = load(["guide", str(pack(language='[python]\nname = "Python"\naliases = ["python"]\n' + PLAIN))])
    assert (both.concepts["python"].pack, both.concepts["python"].home) == ("mine", "guide")
    assert (both.concepts["kotlin"].pack, both.concepts["kotlin"].home) == ("mine", "mine")
    assert both.leading == load().leading
    (fault,) = faults_of("guide", pack("other", language='[python]\nname = "Python"\naliases = ["python", "java"]\n'))
    assert (fault.file, fault.message) == ("guide/language.toml", "[java] 'java' belongs to [python] already")


def test_a_pack_may_have_lists_of_its_own(pack: Pack) -> None:
    folder = pack(lists='boards = ["board", "panel(s)"]\n', tools='[soldering]\nname = "Soldering"\naliases = ["solder <boards>"]\n')
    vocabulary = load([str(folder)])
    assert vocabulary.lists["boards"] == ("board", "panel(s)")
    assert list(vocabulary.concepts) == ["soldering"]


def test_a_list_of_another_pack_is_left_alone(pack: Pack) -> None:
    """In its place another would change what the guide's skills are found by, unseen."""
    name, entries = next(iter(load(("guide",)).lists.items()))
    faults = faults_of("guide", pack(lists=f'{name} = ["board"]\n', tools=PLAIN))
    assert [(fault.file, fault.line, fault.message) for fault in faults] == [
        ("mine/lists.toml", 1, f"{name} is a list of another pack already; give this one another name")
    ]
    same = ", ".join(f'"{entry}"' for entry in entries)
    assert load(("guide", str(pack("same", lists=f"{name} = [{same}]\n", tools=PLAIN)))).lists[name] == entries


def test_a_list_of_the_wrong_kind(pack: Pack) -> None:
    faults = faults_of(pack(lists='boards = ["board"]\npanels = [1]\n', tools=PLAIN))
    assert [(fault.file, fault.line) for fault in faults] == [("mine/lists.toml", 2)]


def test_every_guide_field_is_needed_in_the_guide_alone(pack: Pack) -> None:
    """A user's own pack needs no examples and no guide reference."""
    assert load([str(pack(tools=PLAIN))]).concepts["kotlin"].fires == ()


MISSING = [
    ((), "no pack", "no pack at all"),
    (("nowhere",), "no such pack", "a name that is not shipped"),
    (("./nowhere/at/all",), "no such pack", "a folder that is not there"),
]


@pytest.mark.parametrize(("packs", "told", "why"), MISSING, ids=[row[2] for row in MISSING])
def test_a_pack_that_is_not_there(packs: tuple[str, ...], told: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as refused:
        load(packs)
    assert told in str(refused.value), why
    assert "guide" in str(refused.value), "it says what there is"


def test_an_empty_pack(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no patterns here", "utf-8")
    with pytest.raises(UsageError, match=re.escape("holds no .toml file")):
        load([str(tmp_path)])


def test_a_pack_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "tools.toml"
    file.write_text(PLAIN, "utf-8")
    with pytest.raises(UsageError, match="no such pack"):
        load([str(file)])


def test_the_digest_tells_the_words_apart(pack: Pack) -> None:
    one, other = pack("one", tools=PLAIN), pack("other", tools=PLAIN + "# a note\n")
    digests = [load([str(folder)]).digest for folder in (one, other)]
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in digests)
    assert len(set(digests)) == 2
    assert load([str(one)]).digest == digests[0], "the same files give the same digest"


def test_a_folder_is_read_anew_each_time(pack: Pack) -> None:
    """Someone who edits a pack in a notebook sees the edit."""
    folder = pack(tools=PLAIN)
    assert list(load([str(folder)]).concepts) == ["kotlin"]
    (folder / "tools.toml").write_text('[scala]\nname = "Scala"\naliases = ["scala"]\n', "utf-8")
    assert list(load([str(folder)]).concepts) == ["scala"]


def test_a_folder_by_its_bare_name_is_read_anew_too(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pack(tools=PLAIN)
    monkeypatch.chdir(folder.parent)
    assert list(load(["mine"]).concepts) == ["kotlin"]
    (folder / "tools.toml").write_text('[scala]\nname = "Scala"\naliases = ["scala"]\n', "utf-8")
    assert list(load(["mine"]).concepts) == ["scala"]


def test_the_shipped_vocabulary_is_read_once() -> None:
    assert load() is load(("guide",))
