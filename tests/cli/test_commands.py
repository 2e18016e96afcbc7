"""Every command as a person calls it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import skillsift
from skillsift.cli import report
from skillsift.reporting import sections

POSTING = b"""Senior ML Engineer

Pellgrove paints bridges.

Requirements:
- 5+ years of Python
- PyTorch or TensorFlow
- Bachelor's degree in computer science

Nice to have:
- Kubernetes

No Java is needed.
Salary: $140,000 - $180,000 a year
"""
TABLE = (
    b"id,title,company,date_posted,description\n"
    b"1,Senior ML Engineer,Pellgrove,2026-01-03,Requirements: Python\n"
    b"2,Junior ML Engineer,Quillfen,2026-02-03,SQL is a plus\n"
    b"3,Junior ML Engineer,Quillfen,2026-02-04,SQL is a plus\n"
)


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs.csv").write_bytes(TABLE)
    (tmp_path / "posting.txt").write_bytes(POSTING)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    ["", "tag", "batch", "report", "evaluate", "vocab", "vocab list", "vocab show", "vocab check", "vocab import", "vocab export"],
)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(cli: Any, command: str, option: str) -> None:
    called = cli(*command.split(), option)
    assert called.code == 0
    assert called.out.strip().startswith(f"Usage: skillsift {command}".strip())
    assert called.err == ""


def test_version(cli: Any) -> None:
    assert cli("--version").out == f"skillsift {skillsift.__version__}\n"


# ---- tag -----------------------------------------------------------------------------------------------------------------


def test_tag_as_lines_into_a_pipe(cli: Any) -> None:
    called = cli("tag", stdin=POSTING)
    record = json.loads(called.out)
    assert called.code == 0
    assert called.out.count("\n") == 1
    assert record["title"] == "Senior ML Engineer"
    assert {skill["id"]: skill["level"] for skill in record["skills"]}.items() >= {"python": "required", "kubernetes": "preferred"}.items()
    assert record["stage"] == "senior"
    assert "dropped" not in record


def test_tag_as_a_card_on_a_terminal(cli: Any) -> None:
    out = cli("tag", stdin=POSTING, terminal=True, NO_COLOR="1").out
    for words in (
        "Senior ML Engineer",
        "senior",
        "required",
        "Python (5+ years)",
        "PyTorch or TensorFlow",
        "5+ years",
        "$140,000 – $180,000 a year",
    ):
        assert words in out


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_tag_as_json(cli: Any, jobs: Path, format: str) -> None:
    one = cli("tag", "posting.txt", "-f", format)
    assert json.loads(one.out)["title"] == "Senior ML Engineer"
    two = cli("tag", "posting.txt", "jobs.csv", "-f", format).out
    titles = [r["title"] for r in (json.loads(two) if format == "json" else map(json.loads, two.splitlines()))]
    assert titles == ["Senior ML Engineer", "Senior ML Engineer", "Junior ML Engineer", "Junior ML Engineer"]


def test_tag_as_csv(cli: Any, jobs: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("tag", "posting.txt", "jobs.csv", "-f", "csv").out)))
    assert [(row["id"], row["skills_required"].split("; ")[-1], row["stage"]) for row in rows] == [
        ("", "Python", "senior"),
        ("1", "Python", "senior"),
        ("2", "", "entry"),
        ("3", "", "entry"),
    ]


def test_tag_as_names(cli: Any) -> None:
    lines = cli("tag", "-f", "names", stdin=POSTING).out.splitlines()
    assert "required\tPython" in lines
    assert "preferred\tKubernetes" in lines
    assert not any("Java" in line for line in lines)


def test_explain_says_why_and_what_was_dropped(cli: Any) -> None:
    record = json.loads(cli("tag", "--explain", stdin=POSTING).out)
    (java,) = [dropped for dropped in record["dropped"] if dropped["id"] == "java"]
    assert POSTING.decode()[java["start"] : java["end"]] == java["text"] == "Java"
    assert java["because"]
    card = cli("tag", "--explain", "-f", "card", stdin=POSTING).out
    assert "dropped" in card
    assert java["because"] in " ".join(card.split())


@pytest.mark.parametrize(
    ("words", "title"),
    [([], "Senior ML Engineer"), (["--title", "Staff Engineer"], "Staff Engineer")],
)
def test_title(cli: Any, words: list[str], title: str) -> None:
    assert json.loads(cli("tag", *words, stdin=POSTING).out)["title"] == title


def test_title_of_a_table_is_its_own(cli: Any, jobs: Path) -> None:
    records = map(json.loads, cli("tag", "jobs.csv").out.splitlines())
    assert [record["stage"] for record in records] == ["senior", "entry", "entry"]


def test_show_text_shows_the_posting(cli: Any) -> None:
    out = cli("tag", "--show-text", "-f", "card", stdin=POSTING).out
    assert "Pellgrove paints bridges." in out
    assert "Pellgrove paints bridges." not in cli("tag", "-f", "card", stdin=POSTING).out


def test_tag_as_a_page(cli: Any, jobs: Path) -> None:
    called = cli("tag", "posting.txt", "jobs.csv", "--html", "out.html", terminal=True)
    assert (called.code, called.out, called.err) == (0, "", "written: out.html\n")
    html = Path("out.html").read_text("utf-8")
    assert html.count("<article") == 4
    assert "not counted" not in html
    both = cli("tag", "posting.txt", "--html", "out.html", "--explain", "-f", "names")
    assert "required\tPython" in both.out
    assert "not counted" in Path("out.html").read_text("utf-8")
    assert cli("tag", "posting.txt", "--html", "-").out.startswith("<!doctype html>")


def test_a_page_comes_with_the_text_that_its_offsets_count_in(cli: Any) -> None:
    page = b"<!doctype html><html><body><nav>Jobs</nav><h1>ML Engineer</h1><ul><li>Python &amp; SQL</ul></body></html>"
    record = json.loads(cli("tag", stdin=page).out)
    assert record["text"] == "ML Engineer\n• Python & SQL"
    mention = record["skills"][0]["mentions"][0]
    assert record["text"][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(("environment", "colour"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
@pytest.mark.parametrize("call", ["tag posting.txt", "report jobs.csv"])
def test_colour_is_for_terminals_that_want_it(cli: Any, jobs: Path, call: str, environment: dict[str, str], colour: bool) -> None:
    assert bool(re.search(r"\x1b\[[\d;]*3\d", cli(*call.split(), terminal=True, **environment).out)) is colour


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize(
    "call",
    ["tag posting.txt -f card --explain --show-text", "report jobs.csv", "report jobs.csv --by month", "vocab list", "vocab show python"],
)
def test_no_colour_into_a_pipe(cli: Any, call: str) -> None:
    assert "\x1b" not in cli(*call.split()).out


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize("call", ["tag posting.txt --explain --show-text", "report jobs.csv", "report jobs.csv --by month", "vocab list"])
def test_a_terminal_that_shows_ascii_alone(cli: Any, call: str) -> None:
    called = cli(*call.split(), terminal=True, encoding="ascii", NO_COLOR="1")
    assert called.code == 0
    frame = [line for line in called.out.splitlines() if "\\u" in line]
    assert not [line for line in frame if re.search(r"\\u25|\\u2588|\\u2026|\\u2500", line)], "frames and bars are drawn in ASCII"


CONTROL = "\x1b[31m\x1b]0;title\x07 \x9b2J \x08\x08 \u202egnp\u202c \r"


@pytest.mark.parametrize("words", [[], ["--explain"], ["--show-text"]])
def test_postings_do_not_steer_the_terminal(cli: Any, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "a.jsonl"
    text = f"Requirements: {CONTROL} Python {CONTROL}, no {CONTROL} Java. {CONTROL}5+ years {CONTROL}"
    path.write_text(json.dumps({"title": f"Senior {CONTROL} Engineer", "text": text}))
    called = cli("tag", path, "-f", "card", *words)
    assert called.code == 0
    assert "Python" in called.out
    assert set(called.out) & set("\x1b\x07\x9b\x08\u202e\u202c\r") == set()


def test_reports_do_not_steer_the_terminal(cli: Any, tmp_path: Path) -> None:
    columns = "skills_required,skills_preferred,skills_mentioned,stage,track,company,description"
    row = f'"{CONTROL.strip()}x",,,{CONTROL[:5]},{CONTROL[:5]}y,{CONTROL[:5]}z,' + "Python and no more " * 50
    (tmp_path / "a.csv").write_text(f"{columns}\n{row}\n", "utf-8", newline="")
    for words in ([], ["--by", "company"], ["--by", "track"]):
        called = cli("report", tmp_path / "a.csv", *words)
        assert called.code == 0
        assert set(called.out) & set("\x1b\x07\x9b\x08\u202e\u202c\r") == set()


# ---- batch ---------------------------------------------------------------------------------------------------------------


def test_batch_writes_a_table_and_says_so(cli: Any, jobs: Path) -> None:
    called = cli("batch", "jobs.csv", "-o", "out.csv")
    assert (called.code, called.out) == (0, "")
    assert re.fullmatch(r"3 postings tagged in [\d.,]+ s \([\d,]+ a second\): out\.csv\n", called.err)
    assert len(Path("out.csv").read_text().splitlines()) == 4


@pytest.mark.parametrize("words", [["-"], ["-", "--from", "csv"]])
def test_batch_from_pipe_to_pipe(cli: Any, words: list[str]) -> None:
    called = cli("batch", *words, "-o", "-", stdin=TABLE)
    assert called.code == 0
    assert [row["skills_required"] for row in csv.DictReader(io.StringIO(called.out))] == ["Python", "", ""]


def test_batch_with_given_columns(cli: Any, jobs: Path) -> None:
    (jobs / "odd.csv").write_text("number,what,words,description\n7,Senior Engineer,Requirements: Java,Python\n")
    called = cli("batch", "odd.csv", "-o", "-", "--to", "jsonl", "--text", "words", "--title-column", "what", "--id", "number")
    record = json.loads(called.out)
    assert (record["id"], record["title"], [skill["id"] for skill in record["skills"]]) == ("7", "Senior Engineer", ["java"])


def test_batch_interrupted_says_how_to_go_on(cli: Any, jobs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{n},ML Engineer,a,b,Python\n" for n in range(150))
    (jobs / "many.csv").write_text("id,title,company,date,description\n" + rows)
    from skillsift.engines import batch

    real, left = batch._line, [100]

    def line(*args: Any, **options: Any) -> str:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(batch, "_line", line)
        called = cli("batch", "many.csv", "-o", "out.csv")
    assert called.code == 130
    assert called.err == "skillsift: interrupted; out.csv is not written. The same command with --resume goes on where it stopped\n"
    called = cli("batch", "many.csv", "-o", "out.csv", "--resume")
    assert called.code == 0
    assert "150 postings tagged" in called.err
    whole = 98 // batch.CHUNK * batch.CHUNK  # the column names and 98 rows were written
    assert f"{whole} of them by the run before" in called.err


# ---- report --------------------------------------------------------------------------------------------------------------


def test_report_on_a_terminal(cli: Any, jobs: Path) -> None:
    out = cli("report", "jobs.csv").out
    assert "2 postings" in out
    assert "3 read, 1 duplicates counted once" in out
    assert re.search(r"Python +50%", out)


@pytest.mark.parametrize("by", ["stage", "track", "month", "company", "id"])
def test_report_by(cli: Any, jobs: Path, by: str) -> None:
    called = cli("report", "jobs.csv", "--by", by, "--csv", "-")
    assert called.code == 0
    shares = [column for column in next(csv.reader(io.StringIO(called.out))) if column.startswith("share: ")]
    expected = {
        "stage": ["entry", "senior"],
        "track": ["individual"],
        "month": ["2026-01", "2026-02"],
        "company": ["Pellgrove", "Quillfen"],
        "id": ["1", "2"],
    }
    assert shares == [f"share: {group}" for group in expected[by]]


def test_report_files(cli: Any, jobs: Path) -> None:
    called = cli("report", "jobs.csv", "--csv", "r.csv", "--md", "r.md", "--json", "r.json", "--group", "language", "--top", "1")
    assert called.code == 0
    assert called.err == "written: r.csv\nwritten: r.md\nwritten: r.json\n"
    assert [row["id"] for row in csv.DictReader(io.StringIO(Path("r.csv").read_text()))] == ["python", "sql"]
    assert "| 1 | Python |" in Path("r.md").read_text()
    assert json.loads(Path("r.json").read_text())["postings"] == 2
    assert "1 more skills: --top 2 shows them all" in called.out


def test_report_html(cli: Any, market: Path) -> None:
    """Everything that was asked for is on the page, under its heading."""
    called = cli("report", "new.csv", "--by", "company", "--against", "old.csv", "--beyond", "--html", "r.html")
    assert called.code == 0
    assert called.err == "written: r.html\n"
    page = Path("r.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    sections = ("skills", "splits", "trend", "against", "together", "coverage", "profile", "guide", "read", "method")
    places = [page.index(f'<section id="{name}"') for name in sections]
    assert places == sorted(places)
    for told in ("What 60 job postings ask for", "By company", "Compared with old.csv", "Zorvex", "USD a year", "number a 0: SQL, Docker"):
        assert told in page
    assert cli("report", "new.csv", "--html", "-").out.endswith("</html>\n")
    assert "Compared with" not in cli("report", "new.csv", "--html", "-").out


def test_report_to_a_pipe_is_nothing_but_the_file(cli: Any, jobs: Path) -> None:
    assert json.loads(cli("report", "jobs.csv", "--json", "-").out)["read"] == 3


def test_report_of_several_inputs_and_kinds(cli: Any, jobs: Path) -> None:
    cli("batch", "jobs.csv", "-o", "tagged.csv")
    cli("batch", "jobs.csv", "-o", "tagged.jsonl")
    read = json.loads(cli("report", "jobs.csv", "tagged.csv", "tagged.jsonl", "posting.txt", "--json", "-").out)
    assert (read["read"], read["postings"]) == (10, 3), "the same ads, however they come"


def test_the_sections_that_help_names_are_those_there_are() -> None:
    assert tuple(sections.SECTIONS) == report.SECTIONS


@pytest.fixture
def market(jobs: Path) -> Path:
    """Two tables of 60 postings each: in the later one SQL is asked for half as often, and Docker beside Kubernetes is new."""
    for name, year in (("old.csv", 2025), ("new.csv", 2026)):
        with Path(name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["title", "company", "date", "description"])
            for at in range(60):
                skills = ["Python"] * (at % 2) + ["SQL"] * (at % 4 < (2 if year == 2026 else 4))
                skills += ["Docker, Kubernetes and Zorvex"] * (year == 2026 and at % 3 == 0)
                pay = f"Pay: ${100 + at},000 a year." if at % 5 else ""
                text = f"Requirements\n{at % 6 + 1}+ years, number {'abcdefghijk'[at // 6]} {at}: {', '.join(skills)}.\n{pay}"
                writer.writerow([f"ML Engineer {at}", f"Company {at % 7}", f"{year}-{at % 6 + 1:02}-0{at % 9 + 1}", text])
    return jobs


def test_report_sections(cli: Any, market: Path) -> None:
    plain = cli("report", "new.csv").out
    assert "what goes together" not in plain
    assert "--section trend,together" in plain
    out = cli("report", "new.csv", "--section", "together,coverage", "-s", "pay").out
    assert re.search(r"Docker +Kubernetes +20 +6.7 +3.0|Kubernetes +Docker +20 +6.7 +3.0", out)
    assert re.search(r"1 +(SQL|Python) +\d+% +\d+%", out)
    assert re.search(r"all +48 +[\d,]+ +[\d,]+ +[\d,]+", out)
    assert "--section trend" not in out
    assert out.index("what goes together") < out.index("how far") < out.index("pay by stage"), "in an order of their own"
    full = cli("report", "new.csv", "--full", "--top", "3").out
    for title in (
        "rising and falling",
        "what goes together",
        "how far",
        "years and degrees",
        "pay by stage",
        "nobody asks for",
        "near dup",
    ):
        assert title in full
    assert "what the vocabulary lacks" not in full, "only where it was looked for"


def test_report_against(cli: Any, market: Path) -> None:
    out = cli("report", "new.csv", "--against", "old.csv", "--json", "r.json", "--md", "r.md", "--csv", "r.csv").out
    assert re.search(r"Docker +new +0% +33% +\+33 +\+21 +\+46", out)
    assert re.search(r"SQL +falling +100% +50% +-50", out)
    rows = {row["skill"]: row for row in csv.DictReader(io.StringIO(Path("r.csv").read_text()))}
    assert (rows["SQL"]["change"], rows["SQL"]["before n"], rows["SQL"]["now n"], rows["SQL"]["points"]) == ("falling", "60", "30", "-0.5")
    assert rows["Python"]["change"] == "steady"
    assert "| SQL | falling | 100% | 50% | -50 |" in Path("r.md").read_text()
    read = json.loads(Path("r.json").read_text())["against"]
    assert (read["name"], read["reading"]["postings"]) == ("old.csv", 60)
    assert {change["id"]: change["kind"] for change in read["changes"]}["kubernetes"] == "new"


def test_report_beyond(cli: Any, market: Path) -> None:
    called = cli("report", "new.csv", "--beyond", "--csv", "-")
    assert [(row["term"], row["postings"]) for row in csv.DictReader(io.StringIO(called.out))] == [("Zorvex", "20")]
    out = cli("report", "new.csv", "--beyond", "--section", "pay").out
    assert re.search(r"Zorvex +20 +7 ", out)
    assert "pay by stage" in out


@pytest.mark.parametrize("name", [name for name in report.SECTIONS if name not in ("against", "beyond")])
def test_report_section_as_csv(cli: Any, market: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO(cli("report", "new.csv", "--section", name, "--csv", "-").out)))
    assert len({len(row) for row in rows}) == 1
    assert (len(rows) > 1) is (name != "duplicates")


def test_the_output_of_batch_gives_a_report_all_but_sentences(cli: Any, market: Path) -> None:
    cli("batch", "new.csv", "-o", "tagged.csv")
    cli("batch", "new.csv", "-o", "tagged.jsonl")
    now, flat, records = (json.loads(cli("report", name, "--json", "-").out) for name in ("new.csv", "tagged.csv", "tagged.jsonl"))
    for read in (now, flat, records):
        sentences = [evidence["sentence"] for skill in read["skills"] for evidence in skill.pop("evidence")]
        assert all(sentences) is (read is now)
        assert read.pop("inputs")
    records.pop("comparable")
    assert now.pop("comparable") == flat["comparable"] == flat.pop("comparable")
    for read in (now, flat, records):
        del read["ads"], read["without_sections"]
    assert now == flat == records


# ---- vocab and evaluate --------------------------------------------------------------------------------------------------


def test_vocab_tells_the_pack(cli: Any) -> None:
    rows = [line.split("\t") for line in cli("vocab", "list", "--pack", "ecosystem").out.splitlines()]
    assert {row[4] for row in rows if row[0] == "python"} == {"guide"}
    assert {row[4] for row in rows if row[0] == "pandas"} == {"ecosystem"}
    assert "  pack     ecosystem" in cli("vocab", "show", "pandas", "--pack", "ecosystem").out.splitlines()


def test_vocab_list(cli: Any) -> None:
    lines = cli("vocab", "list").out.splitlines()
    assert "python\tPython\tlanguage\t" in next(line for line in lines if line.startswith("python\t"))
    languages = cli("vocab", "list", "--group", "language").out.splitlines()
    assert 0 < len(languages) < len(lines)
    assert {line.split("\t")[2] for line in languages} == {"language"}


@pytest.mark.parametrize("name", ["python", "Python", "PYTHON", " python "])
def test_vocab_show(cli: Any, name: str) -> None:
    out = cli("vocab", "show", name).out
    assert out.startswith("Python  [python]")
    assert re.search(r"file +\S+language\.toml:\d+", out)


def test_vocab_check(cli: Any) -> None:
    called = cli("vocab", "check")
    assert called.code == 0, called.err
    assert re.match(r"123 skills and \d+ rules in order \(guide; sha256:", called.out)


def test_a_pack_of_ones_own(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "craft.toml").write_text(
        '[basketry]\nname = "Basketry"\naliases = ["basket weaving"]\nfires = ["We ask for basket weaving"]\nsilent = ["We sell baskets"]\n'
    )
    called = cli("tag", "-f", "names", "--pack", tmp_path / "mine", stdin=b"Requirements: Python, basket weaving")
    assert called.code == 0, called.err
    assert set(called.out.splitlines()) == {"required\tPython", "required\tBasketry"}


def test_card_tells_the_further_pack(cli: Any) -> None:
    called = cli("tag", "-f", "card", "--pack", "ecosystem", stdin=b"Requirements: Python, R, Snowflake and dbt.")
    rows = [" ".join(line.split()) for line in called.out.splitlines()]
    assert any(row.endswith("language Python") for row in rows), rows
    assert any("language (ecosystem) R" in row for row in rows), rows


def test_evaluate(cli: Any, tmp_path: Path) -> None:
    rows = [
        {"id": "a\x1b", "title": "x", "text": "Requirements: Python", "skills": {"python": "required"}, "track": "individual"},
        {"id": "b", "title": "x", "text": "Requirements: Python \x1b[2J", "skills": {"sql": "required"}, "track": "individual"},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    called = cli("evaluate", path, "--errors", "--concepts")
    assert called.code == 0
    assert "2 labelled postings" in called.out
    assert "\x1b" not in called.out
    assert re.search(r"skills +0\.500 +0\.500 +0\.500", called.out)
    assert re.search(r"missed +b +sql +labelled required, tagged -", called.out)
    figures = json.loads(cli("evaluate", path, "--json").out)
    assert figures["skills"]["f1"] == 0.5
