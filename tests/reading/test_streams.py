"""Bytes to text: byte order marks, Windows-1252 inside UTF-8, gzip, files that are no text."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.reading.streams import open_text, read_lines, shown

PLAIN = "Wir suchen Größe – 3+ years of Python"
CUT = gzip.compress(b"years of Python\n" * 50_000)


def damaged() -> bytes:
    """A gzip file whose middle is overwritten."""
    packed = bytearray(gzip.compress(bytes(range(32, 127)) * 300))
    packed[12:40] = bytes(28)
    return bytes(packed)


def read(path: Path, encoding: str | None = None) -> tuple[str, int]:
    stream, mended = open_text(str(path), encoding)
    return "".join(read_lines(stream, str(path))), mended.count


@pytest.mark.parametrize(
    ("content", "encoding", "text", "mended"),
    [
        pytest.param(PLAIN.encode(), None, PLAIN, 0, id="utf-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), None, PLAIN, 0, id="utf-8 with a mark: the mark is no text"),
        pytest.param(PLAIN.encode("utf-16"), None, PLAIN, 0, id="utf-16 by its mark"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), None, PLAIN, 0, id="utf-16 big end first"),
        pytest.param(PLAIN.encode("utf-32"), None, PLAIN, 0, id="utf-32: its mark begins with that of utf-16"),
        pytest.param(PLAIN.encode("utf-16-le"), "utf-16-le", PLAIN, 0, id="utf-16 without a mark, told: zero bytes are no fault"),
        pytest.param(PLAIN.encode("cp1252"), None, PLAIN, 3, id="cp1252: three bytes are no UTF-8"),
        pytest.param(PLAIN.encode("cp1252"), "cp1252", PLAIN, 0, id="cp1252, told"),
        pytest.param(b"caf\xe9 and " + "Größe".encode(), None, "café and Größe", 1, id="both in one file"),
        pytest.param(b"3 \x96 5 years, \x93Python\x94", None, "3 – 5 years, “Python”", 3, id="the quotes of Word"),
        pytest.param(b"a\xe2\x80 b", None, "aâ€ b", 2, id="half a UTF-8 character is two bytes"),
        pytest.param(b"x\x81y", None, "x\x81y", 1, id="a byte that Windows-1252 leaves free is kept, as browsers keep it"),
        pytest.param(gzip.compress(PLAIN.encode()), None, PLAIN, 0, id="gzip, whatever the name"),
        pytest.param(gzip.compress(PLAIN.encode("utf-16")), None, PLAIN, 0, id="utf-16 in gzip"),
        pytest.param(b"a\r\nb\rc\n", None, "a\r\nb\rc\n", 0, id="line ends stay as they are: offsets count them"),
        pytest.param(b"a\0b", None, "a\0b", 0, id="one NUL makes no binary file"),
        pytest.param(b"", None, "", 0, id="empty"),
    ],
)
def test_bytes_become_text(tmp_path: Path, content: bytes, encoding: str | None, text: str, mended: int) -> None:
    path = tmp_path / "posting"
    path.write_bytes(content)
    assert read(path, encoding) == (text, mended)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"%PDF-1.7\n", "a PDF", id="pdf"),
        pytest.param(b"PK\x03\x04rest", "Word or Excel", id="docx"),
        pytest.param(b"\x89PNG\r\n", "an image", id="png"),
        pytest.param(b"PAR1....", "Parquet", id="parquet"),
        pytest.param(b"SQLite format 3\0", "database", id="sqlite"),
        pytest.param(b"\xfd7zXZ\0", "unpack", id="xz"),
        pytest.param(bytes(range(256)) * 8, "binary", id="all bytes alike, as in packed data"),
        pytest.param("Python and SQL".encode("utf-16-le"), "--encoding utf-16-le", id="utf-16 without a mark: the way out is told"),
        pytest.param(gzip.compress(b"%PDF-1.7\n"), "a PDF", id="pdf in gzip"),
        pytest.param(CUT[: len(CUT) // 2], "broken gzip", id="gzip cut off"),
        pytest.param(b"\x1f\x8bnot gzip at all", "broken gzip", id="gzip by its first bytes only"),
        pytest.param(damaged(), "broken gzip", id="gzip with damaged data"),
    ],
)
def test_what_is_no_text_is_told_in_a_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "posting"
    path.write_bytes(content)
    with pytest.raises(InputError) as told:
        read(path)
    assert words in str(told.value)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_gzip_that_breaks_off_late_is_told_too(tmp_path: Path) -> None:
    lines = b"".join(b"%d years of Python\n" % n for n in range(400_000))
    path = tmp_path / "posting.gz"
    path.write_bytes(gzip.compress(lines, 1)[:-2000])
    with pytest.raises(InputError, match="broken gzip"):
        read(path)


@pytest.mark.parametrize(
    ("name", "encoding", "kind", "words"),
    [
        pytest.param("missing.txt", None, InputError, "no such file", id="missing"),
        pytest.param(".", None, InputError, "folder", id="a folder"),
        pytest.param("here.txt", "nope", UsageError, "no such encoding", id="an encoding that is none"),
        pytest.param("here.txt", "hex", UsageError, "no such encoding", id="a codec that makes no text"),
        pytest.param("here.txt", "undefined", UsageError, "no such encoding", id="a codec that always fails"),
    ],
)
def test_what_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str | None, kind: type[SkillsiftError], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.txt").write_text("Python")
    with pytest.raises(kind, match=words):
        open_text(name, encoding)


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(gzip.compress(b"Python")))
    monkeypatch.setattr(sys, "stdin", given)
    stream, _ = open_text("-")
    assert "".join(read_lines(stream, "-")) == "Python"
    assert not given.buffer.closed
    assert shown("-") == "standard input"


@pytest.mark.parametrize(
    ("count", "encoding", "words"),
    [(1, None, "1 byte is not UTF-8"), (2, None, "2 bytes are not UTF-8"), (1, "ascii", "1 byte is not ASCII")],
)
def test_mended_bytes_are_told(tmp_path: Path, count: int, encoding: str | None, words: str) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes(b"caf" + b"\xe9" * count + b" Python")
    stream, mended = open_text(str(path), encoding)
    assert mended.told("p.txt") is None
    stream.read()
    stream.close()
    assert words in (mended.told("p.txt") or "")
