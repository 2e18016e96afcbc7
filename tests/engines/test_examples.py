"""The examples of docs/scale.md run where their engines are installed, and give the records of every other engine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from skillsift import Tagger

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NEEDS = {"spark_tag.py": ("pyspark", "java"), "ray_tag.py": ("ray", None)}


def test_every_example_is_known() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(NEEDS)


@pytest.mark.parametrize("name", NEEDS)
def test_the_records_are_the_same_everywhere(tagger: Tagger, tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow comes with the extra parquet")
    module, command = NEEDS[name]
    if importlib.util.find_spec(module) is None or (command and not shutil.which(command)):
        pytest.skip(f"{module} is not installed" + (f", or {command} is not" if command else ""))
    postings = pd.DataFrame(
        {
            "key": range(60),
            "title": ["Senior ML Engineer", None, "Data Science Intern"] * 20,
            "description": [f"Requirements:\n- {at % 9 + 1}+ years of Python or Java" if at % 7 else None for at in range(60)],
        }
    )
    postings.to_parquet(tmp_path / "in.parquet", row_group_size=25)
    # Spark starts Pythons of its own.
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    words = [sys.executable, str(EXAMPLES / name), str(tmp_path / "in.parquet"), str(tmp_path / "out")]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    written = pd.read_parquet(tmp_path / "out").sort_values("key", ignore_index=True)
    expected = pd.concat([postings, tagger.tag_frame(postings)], axis=1)
    assert list(written.columns) == list(expected.columns)
    for column in expected.columns:
        there, here = (frame[column].astype("object").where(frame[column].notna(), None).tolist() for frame in (written, expected))
        assert there == here, column
