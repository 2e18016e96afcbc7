"""Parquet data sets on any file system that fsspec knows: the files of an input, its parts, and an output that appears when it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import fsspec
import pyarrow as pa

from skillsift.errors import InputError, SkillsiftError, UsageError


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one file, from `start` up to `stop`, and the name of the file they go to."""

    source: str
    start: int
    stop: int
    target: str


def file_system(url: str) -> tuple[Any, str]:
    """The file system that a path or URL names, and the path in it.

    Raises:
        UsageError: there is no such, or its driver is not installed.
    """
    try:
        fs, path = fsspec.url_to_fs(url)
    except ImportError as error:  # "Install s3fs to access S3"
        raise UsageError(f"{url}: {first_line(error)}") from None
    except Exception as error:
        raise UsageError(f"{url}: cannot be opened: {first_line(error)}") from None
    return fs, str(path)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Every driver of fsspec has errors of its own; they are told in one line."""
    try:
        yield
    except SkillsiftError:
        raise
    except Exception as error:
        raise InputError(f"{name}: {first_line(error)}") from None


def parquet_files(given: str) -> list[str]:
    """The Parquet files that a path, a glob or a folder stands for, as URLs, by name.

    Raises:
        InputError: there is none.
    """
    fs, path = file_system(given)
    with told(given):
        if fs.isfile(path):
            return [fs.unstrip_protocol(path)]
        found = fs.find(path) if fs.isdir(path) else [each for each in fs.glob(path) if not fs.isdir(each)]
        if fs.isdir(path):  # what Spark and Dask put beside their parts is none
            found = [each for each in found if each.endswith((".parquet", ".pq")) and not each.rpartition("/")[2].startswith(("_", "."))]
    if not found:
        raise InputError(f"{given}: no such Parquet files; a glob in quotes is read by skillsift, not by the shell")
    return [fs.unstrip_protocol(each) for each in sorted(found)]


def common_schema(files: Sequence[str], schemas: Sequence[pa.Schema]) -> pa.Schema:
    """The one schema of all files.

    Raises:
        UsageError: a file's differs.
    """
    for file, schema in zip(files, schemas, strict=True):
        if not schema.equals(schemas[0]):
            raise UsageError(f"{file}: its columns or their types differ from those of {files[0]}; tag them one by one")
    return schemas[0]


def cut(files: Sequence[str], rows: Sequence[int], part_rows: int, folder: str) -> list[Part]:
    """Ranges of rows; one without any where there is no row at all, so that the output has its columns."""
    ranges = [
        (file, start, min(start + part_rows, count))
        for file, count in zip(files, rows, strict=True)
        for start in range(0, count, part_rows)
    ]
    ranges = ranges or [(files[0], 0, 0)]
    width = max(5, len(str(len(ranges))))  # names sort as the rows do
    return [Part(file, start, stop, f"{folder}/part-{number:0{width}}.parquet") for number, (file, start, stop) in enumerate(ranges)]


def prepare(fs: Any, staging: str, plan: str, resume: bool) -> frozenset[str]:
    """Make the staging folder, or look what an interrupted run left in it: the parts that are there."""
    journal = f"{staging}/_plan.json"
    if fs.exists(staging):
        if not fs.exists(journal):
            raise UsageError(f"{staging}: is in the way, and not of skillsift's making; move it, or name another output")
        if resume:
            if fs.cat_file(journal).decode("utf-8") != plan:
                raise UsageError(f"{staging}: the interrupted run had other inputs or options; run again without --resume")
            return frozenset(fs.unstrip_protocol(each) for each in fs.ls(staging, detail=False) if _is_part(each))
        fs.rm(staging, recursive=True)
    fs.makedirs(staging, exist_ok=True)
    fs.pipe_file(journal, plan.encode("utf-8"))
    return frozenset()


def _is_part(path: str) -> bool:
    return path.rpartition("/")[2].startswith("part-")


def finish(fs: Any, staging: str, target: str) -> None:
    """Only the parts are left, and get their name: on a disk at once, in an object store by copies made there."""
    for each in fs.ls(staging, detail=False):
        if not _is_part(each):  # the plan, and what a worker that died was writing
            fs.rm(each)
    if fs.exists(target):
        fs.rmdir(target)
    fs.mv(staging, target, recursive=True)


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
