"""Tag a stream of rows in this process or in worker processes; results come in order, and memory does not grow with the rows."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from skillsift.errors import SkillsiftError
from skillsift.model import Posting, TaggedPosting
from skillsift.tagging.tagger import Tagger

#: Postings sent to a worker at once, and the characters at which they are sent before.
CHUNK, CHUNK_CHARS = 32, 1_000_000
#: Chunks in hand for each worker, counting those that are done and wait for their turn: what a run that is killed has done in vain.
AHEAD = 2

_tagger: Tagger | None = None
#: What ends a run. Sent to all of its processes, the parent answers for them.
_STOPS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


def tag_rendered(
    postings: Iterable[Posting],
    render: Callable[[TaggedPosting], Sequence[str]],
    *,
    packs: Sequence[str] = ("guide",),
    workers: int = 1,
) -> Generator[Sequence[str]]:
    """Each posting tagged and rendered, in order.

    Args:
        render: what to make of a tagged posting; a module-level function, since workers run it: text is cheaper to send than records.
        packs: skill packs by name or folder.
        workers: processes; 1 tags in this one.

    Raises:
        SkillsiftError: a worker process died.
    """
    tagger = Tagger(packs)  # with several processes too: its faults are told here, and workers that are forked have it at once
    if workers <= 1:
        for posting in postings:
            yield render(tagger.tag(posting))
        return
    chunks = _chunks(postings)
    global _tagger
    _tagger = tagger
    with _told_of_death(), ProcessPoolExecutor(workers, initializer=_start, initargs=(tuple(packs),)) as pool:
        waiting: deque[Future[list[Sequence[str]]]] = deque()
        try:
            while True:
                while len(waiting) < workers * AHEAD and (chunk := next(chunks, None)):
                    with _unstopped():
                        waiting.append(pool.submit(_work, chunk, render))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            _tagger = None
            for future in waiting:
                future.cancel()


def _chunks(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    chunk: list[Posting] = []
    size = 0
    for posting in postings:
        chunk.append(posting)
        size += len(posting.text)
        if len(chunk) >= CHUNK or size >= CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _told_of_death() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise SkillsiftError("a worker process died, most likely for want of memory; try fewer --workers") from None


@contextmanager
def _unstopped() -> Iterator[None]:
    """Workers are born deaf to what stops a run, until they know what to do then; this process hears it a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(packs: tuple[str, ...]) -> None:
    global _tagger
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN if number != signal.SIGTERM else signal.SIG_DFL)  # the pool ends its workers by SIGTERM
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if _tagger is None:
        _tagger = Tagger(packs)


def _end_with_parent() -> None:
    """A worker whose parent was killed ends too: nobody is left to tell it to."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _work(chunk: list[Posting], render: Callable[[TaggedPosting], Sequence[str]]) -> list[Sequence[str]]:
    assert _tagger is not None
    return [render(_tagger.tag(posting)) for posting in chunk]
