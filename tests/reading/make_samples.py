"""Writes the samples that are no plain text, and the tables that hold the same postings: `python tests/reading/make_samples.py`.

The postings are in `samples/three-postings.jsonl`, ours and invented; here they are put into every other kind of table, so that a test can
ask each for the same rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SOURCE = "three-postings.jsonl"


def postings() -> list[dict[str, str]]:
    """The postings, a dict a row."""
    return [json.loads(line) for line in (SAMPLES / SOURCE).read_text("utf-8").splitlines()]


def tsv(rows: list[dict[str, str]]) -> bytes:
    """A table with tabs between its cells."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    return out.getvalue().encode()


def semicolons(rows: list[dict[str, str]]) -> bytes:
    """A CSV as Excel writes it where the comma is in numbers, in Windows-1252, packed with gzip."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    return gzip.compress(out.getvalue().encode("cp1252"), mtime=0)


def zstandard(rows: list[dict[str, str]]) -> bytes:
    """JSON Lines, packed."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return bytes(zstd.compress("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()))


def parquet(rows: list[dict[str, str]]) -> bytes:
    """A Parquet file of two row groups, the second of one row."""
    import pyarrow as arrow
    import pyarrow.parquet

    out = io.BytesIO()
    arrow.parquet.write_table(arrow.Table.from_pylist(rows), out, row_group_size=2)
    return out.getvalue()


def excel(rows: list[dict[str, str]]) -> bytes:
    """A workbook whose first sheet is a cover, and whose second holds the postings below an empty row."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Openings, spring 2026"])
    sheet = book.create_sheet("postings")
    sheet.append([])
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(row: dict[str, str]) -> bytes:
    """One posting on a page of A4, its lines broken where they are full, as a word processor does it."""
    lines: list[str] = [row["title"], ""]
    for paragraph in row["description"].split("\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 85:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    escapes = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
    shown = "".join(f"({line.translate(escapes)}) Tj T*\n" if line else "T*\n" for line in lines)
    content = f"BT /F1 10 Tf 60 780 Td 14 TL\n{shown}ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (len(objects) + 1, table, len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % end


def jobspy() -> bytes:
    """JobSpy's table as its guide has it written: what is no number in quotes, a backslash before what it would otherwise end."""
    rows: list[dict[str, Any]] = json.loads((Path(__file__).parent / "jobspy.json").read_text("utf-8"))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_NONNUMERIC, escapechar="\\", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def main() -> None:
    """Write them all."""
    rows = postings()
    content = {
        "three-postings.tsv": tsv(rows),
        "three-postings.csv.gz": semicolons(rows),
        "three-postings.jsonl.zst": zstandard(rows),
        "three-postings.parquet": parquet(rows),
        "three-postings.xlsx": excel(rows),
        "one-posting.pdf": pdf(rows[0]),
        "jobspy.csv": jobspy(),
    }
    for name, data in content.items():
        (SAMPLES / name).write_bytes(data)


if __name__ == "__main__":
    main()
