"""Parquet files on any file system, tagged by an existing Dask cluster into a partitioned Parquet data set.

The files are cut into ranges of rows; a worker reads one, tags it with `tag_frame` and writes it as one part, so that no posting
passes through the scheduler or this process. Parts are numbered in the input's order and lie beside the output (OUT.part) until all
are there: the output appears whole, and an interrupted run goes on with the parts that are missing. A worker that dies, or a read
that fails, is Dask's to retry.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from operator import itemgetter
from typing import Any

import distributed
from distributed.comm import resolve_address

from skillsift.engines import dataset, worker
from skillsift.engines.batch import Outcome
from skillsift.engines.dataset import first_line, told
from skillsift.engines.parquet import result_schema
from skillsift.engines.worker import Job, VocabularyPlugin
from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.reading.columns import find_columns
from skillsift.vocabulary import load

#: Rows of a part: some seconds of a worker's time, so that little is lost with it.
PART_ROWS = 20_000
#: How often a part that failed is tried again; a worker's death is counted by Dask (distributed.scheduler.allowed-failures).
RETRIES = 3
#: Seconds until a scheduler that does not answer is given up, and one without workers.
PATIENCE = 15


def run_cluster(
    inputs: Sequence[str],
    output: str,
    *,
    scheduler: str,
    packs: Sequence[str] = ("guide",),
    text: str | None = None,
    title: str | None = None,
    id_: str | None = None,
    resume: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
    part_rows: int = PART_ROWS,
) -> Outcome:
    """Tag Parquet files on a Dask cluster.

    Args:
        inputs: paths, URLs (s3://, gs://, file:// …), globs or folders of them, as fsspec has them; every worker must see the same.
        output: path or URL of the folder to make: part-00000.parquet and so on, rows in the input's order.
        scheduler: address of the scheduler, such as tcp://10.0.0.1:8786.
        text, title, id_: column names, where they are not to be found by themselves.
        resume: go on where an interrupted run with the same inputs and output stopped.
        progress: told how many more rows are done.
        part_rows: rows of a part.

    Raises:
        UsageError: the output is in the way, the files' columns differ, or none holds a text.
        InputError: no file is found, or one cannot be read.
        SkillsiftError: the scheduler does not answer, or the cluster could not do it.
    """
    vocabulary = load(packs)
    fs, target = dataset.file_system(output)
    target = target.rstrip("/")
    staging = f"{target}.part"
    with told(output):
        if fs.exists(target) and (not fs.isdir(target) or fs.ls(target)):
            raise UsageError(f"{output}: is there already; name a folder that is not")
    files = [file for given in inputs for file in dataset.parquet_files(given)]
    with _cluster(scheduler) as client:
        footers = _gathered(client, worker.footer, files)
        schema = dataset.common_schema(files, [footer[0] for footer in footers])
        job = Job(uuid.uuid4().hex, find_columns(schema.names, inputs[0], text, title, id_), result_schema(schema, inputs[0]))
        parts = dataset.cut(files, [rows for _, rows in footers], part_rows, fs.unstrip_protocol(staging))
        plan = json.dumps([[asdict(part) for part in parts], asdict(job.columns), vocabulary.digest, job.schema.to_string()])
        with told(output):
            resumed = dataset.prepare(fs, staging, plan, resume)
        there = [part for part in parts if part.target in resumed]
        missing = [part for part in parts if part.target not in resumed]
        rows = done = sum(part.stop - part.start for part in there)
        unread = sum(found for _, found in _gathered(client, worker.count, [part.target for part in there]))
        progress(done)
        client.register_plugin(VocabularyPlugin(job.id, vocabulary))
        try:
            for _, (tagged, errors) in _each(client, worker.tag_part, missing, [part.source for part in missing], job=job):
                rows, unread = rows + tagged, unread + errors
                progress(tagged)
        finally:
            _quietly(lambda: client.unregister_worker_plugin(VocabularyPlugin.named(job.id)))
    with told(output):
        dataset.finish(fs, staging, target)
    return Outcome(rows, unread, done)


@contextmanager
def _cluster(address: str) -> Iterator[distributed.Client]:
    """A client, and Dask's own log lines kept to itself: what goes wrong is told once, by us."""
    logs = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    client = None
    try:
        resolve_address(address)  # one that is none must not come to a half-made client, which takes its time to go
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
        yield client
    except SkillsiftError:
        raise
    except Exception as error:
        # Dask raises errors of many families; before there is a client all of them mean the same.
        if client is None:
            raise SkillsiftError(f"{address}: no Dask scheduler answers there: {first_line(error)}") from None
        if client.status != "running":
            raise SkillsiftError(f"{address}: the scheduler is gone: {first_line(error)}") from None
        if isinstance(error, TimeoutError):
            raise SkillsiftError(f"{address}: the cluster has no workers: {first_line(error)}") from None
        raise SkillsiftError(f"{address}: the cluster could not do it: {first_line(error)}") from None
    finally:
        if client is not None:
            _quietly(client.close)
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _each(
    client: distributed.Client, work: Callable[..., Any], items: Sequence[Any], sources: Sequence[str], **options: Any
) -> Iterator[tuple[int, Any]]:
    """What `work` makes of each item, on the workers, with the item's number; as they are done.

    Args:
        sources: what each item is called in messages.
        options: keyword arguments of `work`.

    Raises:
        SkillsiftError: an item failed once more than it was to be tried, or there are no workers any more.
    """
    keys = [f"skillsift-{uuid.uuid4().hex}-{at}" for at in range(len(items))]
    numbers = {key: at for at, key in enumerate(keys)}
    waiting = distributed.as_completed(client.map(work, items, key=keys, retries=RETRIES, pure=False, **options), loop=client.loop)
    heard = time.monotonic()
    try:
        while not waiting.is_empty():
            for future in waiting.next_batch(block=False):
                heard = time.monotonic()
                at = numbers[future.key]
                _raise_failed(future, sources[at])
                yield at, future.result()
            if time.monotonic() - heard > PATIENCE:
                client.wait_for_workers(1, timeout=PATIENCE)  # a cluster that grows with its work may be on its way
                heard = time.monotonic()
            time.sleep(0.02)
    finally:
        _quietly(waiting.clear)


def _gathered(client: distributed.Client, work: Callable[[str], Any], urls: Sequence[str]) -> list[Any]:
    """What `work` makes of each URL, in their order: it is for the workers to reach the files."""
    return [result for _, result in sorted(_each(client, work, urls, urls), key=itemgetter(0))]


def _raise_failed(future: distributed.Future, source: str) -> None:
    error = future.exception()
    if error is None:
        return
    if isinstance(error, distributed.KilledWorker):
        raise SkillsiftError(f"{source}: every worker that tried it died, most likely for want of memory")
    if isinstance(error, SkillsiftError):
        raise error
    raise InputError(f"{source}: a worker could not do it: {first_line(error)}")


def _quietly(call: Callable[[], object]) -> None:
    """Clean up after a cluster that may be gone: why it failed is told already."""
    try:
        call()
    except Exception:
        logging.getLogger("skillsift").debug("the cluster could not be left in order", exc_info=True)
