"""What is fuzzed: one function of bytes a parser. Each may raise SkillsiftError and nothing else, and checks what it promises besides.

Pure functions over the package's own interfaces, so that both drivers of `run.py`, and the test suite, call the same.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from skillsift import Posting, Tagger
from skillsift.errors import Fault, SkillsiftError
from skillsift.model import TaggedPosting
from skillsift.reading.formats import find_format
from skillsift.reading.html import fragment_to_text, html_to_text, looks_like_html
from skillsift.reading.inputs import Input
from skillsift.reading.jsonld import job_posting
from skillsift.vocabulary.load import load

Target = Callable[[bytes], None]
HERE = Path(__file__).parent


@cache
def tagger() -> Tagger:
    """One tagger for all: building one takes a second."""
    return Tagger()


def _text(data: bytes) -> str:
    # Lone surrogates come in through JSON; "surrogatepass" makes some.
    return data.decode("utf-8", "surrogatepass") if _decodes(data) else data.decode("utf-8", "surrogateescape")


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def check_tagged(tagged: TaggedPosting) -> None:
    """Offsets count the text as given, and the record is JSON."""
    text, title = tagged.posting.text, tagged.posting.title
    for skill in tagged.skills:
        assert skill.mentions
        for mention in skill.mentions:
            assert text[mention.start : mention.end] == mention.text != ""
    for drop in tagged.dropped:
        assert text[drop.start : drop.end] == drop.text
    for signal in tagged.signals:
        source = {"text": text, "title": title or ""}.get(signal.field, signal.text)
        assert source[signal.start : signal.end] == signal.text
    json.dumps(tagged.to_dict(explain=True), allow_nan=False)


def fuzz_text(data: bytes) -> None:
    """`Tagger.tag`: a title before the first NUL, if there is one, and a text."""
    title, bar, text = _text(data).partition("\0")
    check_tagged(tagger().tag(Posting(text=text if bar else title, title=title if bar else None)))


def fuzz_html(data: bytes) -> None:
    """HTML documents and fragments."""
    page = _text(data)
    looks_like_html(page)
    text, title = html_to_text(page)
    assert "\n\n" not in text
    assert title is None or title.strip()
    fragment_to_text(page)


def fuzz_jsonld(data: bytes) -> None:
    """A page's JSON-LD: the bytes are the script's content, or a page with scripts of its own."""
    page = _text(data)
    if "<script" not in page:
        page = f'<script type="application/ld+json">{page}</script>'
    posting = job_posting(page)
    assert posting is None or posting.text


def fuzz_table(data: bytes) -> None:
    """CSV, TSV and JobSpy's CSV, by the first byte; the rest is the file. As many cells in each row as in the header."""
    kind = ("csv", "tsv", "jobspy")[(data[0] if data else 0) % 3]
    source = _rows(data[1:], kind)
    assert source is None or len(source) >= 0


def fuzz_json(data: bytes) -> None:
    """JSON and JSON Lines, by the first byte; the rest is the file."""
    _rows(data[1:], ("json", "jsonl")[(data[0] if data else 0) % 2])


def fuzz_any(data: bytes) -> None:
    """Any file, its format told by its content alone: packed files, workbooks, PDF and Parquet among them."""
    _rows(data, None)


def _rows(data: bytes, kind: str | None) -> list[Posting] | None:
    from skillsift.reading.packed import unpacked

    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    try:
        try:
            stream = unpacked(stream, "fuzz")
        except OSError:
            return None
        given = Input("fuzz", stream)
        source = find_format(given, kind).open(given)
        postings = []
        for row in source.rows:
            assert len(row.cells) == len(source.header)
            postings.append(row.posting)
        if source.mended is not None:
            source.mended.told("fuzz")
        return postings
    except SkillsiftError as error:
        said = str(error)
    assert "\n" not in said, "one line"
    return None


def fuzz_toml(data: bytes) -> None:
    """A pattern file of a pack, checked by itself: reading what ships beside it takes a thousand times as long."""
    faults: list[Fault] = []
    file = loading_file("pack/fuzz.toml", data, faults)
    lists = _module()._read_lists([file] if data[:1] == b"#" else [])
    concepts = {concept.id: concept for concept in _module()._read_concepts(file, "fuzz", "pack", lists)}
    _module()._check_between(concepts, lists, ("go",), {"pack/fuzz.toml": file})
    assert all(fault.line >= 1 and "\n" not in str(fault) for fault in faults)
    if concepts and not faults:
        _taggable(data)


def _module():  # type: ignore[no-untyped-def]
    import sys

    return sys.modules[load.__module__]


def loading_file(label: str, data: bytes, faults: list[Fault]):  # type: ignore[no-untyped-def]
    """The loader's view of one file."""
    return _module().PatternFile(label, data, faults)


def _taggable(data: bytes) -> None:
    """A pack without faults builds a finder."""
    from dataclasses import replace

    from skillsift.tagging.names import NameFinder

    faults: list[Fault] = []
    file = loading_file("pack/fuzz.toml", data, faults)
    concepts = {concept.id: replace(concept, home="pack") for concept in _module()._read_concepts(file, "fuzz", "pack", {})}
    with suppress(SkillsiftError):
        NameFinder(replace(load(), concepts=concepts, lists={}))("kotlin c++ go (a) experience with it")


def fuzz_importers(data: bytes) -> None:
    """Other tools' vocabularies, by the first byte; the rest is the file."""
    from skillsift.vocabulary.importers import import_vocabulary

    kind = ("esco", "onet", "lightcast", "entity-ruler")[(data[0] if data else 0) % 4]
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(data[1:])
        file.flush()
        with suppress(SkillsiftError):
            import_vocabulary(kind, Path(file.name), title=None, new_only=False, skip_faulty=bool(data[:1] and data[0] & 4))


#: By name: the function, and the most bytes an input may have (a driver makes none longer).
TARGETS: dict[str, tuple[Target, int]] = {
    "text": (fuzz_text, 600),
    "html": (fuzz_html, 600),
    "jsonld": (fuzz_jsonld, 800),
    "table": (fuzz_table, 400),
    "json": (fuzz_json, 600),
    "any": (fuzz_any, 1200),
    "toml": (fuzz_toml, 400),
    "importers": (fuzz_importers, 500),
}


def seeds(name: str) -> list[bytes]:
    """What a target starts from: the files of `seeds/NAME`, found crashes among them."""
    return [path.read_bytes() for path in sorted((HERE / "seeds" / name).iterdir())]


def words(name: str) -> list[bytes]:
    """What the plain mutator puts in: the lines of `words/NAME.txt`."""
    return [line for line in (HERE / "words" / f"{name}.txt").read_bytes().splitlines() if line]
