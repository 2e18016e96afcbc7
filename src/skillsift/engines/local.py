"""Tag a stream of rows in this process or in worker processes; results come in order, and memory does not grow with the rows."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice

from skillsift.errors import SkillsiftError
from skillsift.model import Posting, TaggedPosting
from skillsift.tagging.tagger import Tagger

#: Postings sent to a worker at once.
CHUNK = 64

_tagger: Tagger | None = None


def tag_rendered(
    postings: Iterable[Posting],
    render: Callable[[TaggedPosting], Sequence[str]],
    *,
    packs: Sequence[str] = ("guide",),
    workers: int = 1,
) -> Iterator[Sequence[str]]:
    """Each posting tagged and rendered, in order.

    Args:
        render: what to make of a tagged posting; a module-level function, since workers run it: text is cheaper to send than records.
        packs: skill packs by name or folder.
        workers: processes; 1 tags in this one.
    """
    if workers <= 1:
        tagger = Tagger(packs)
        for posting in postings:
            yield render(tagger.tag(posting))
        return
    source = iter(postings)
    with _told_of_death(), ProcessPoolExecutor(workers, initializer=_start, initargs=(tuple(packs),)) as pool:
        waiting: deque[Future[list[Sequence[str]]]] = deque()
        try:
            while True:
                while len(waiting) < workers * 3 and (chunk := list(islice(source, CHUNK))):
                    waiting.append(pool.submit(_work, chunk, render))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def _told_of_death() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise SkillsiftError("a worker process died, most likely for want of memory; try fewer --workers") from None


def _start(packs: tuple[str, ...]) -> None:
    global _tagger
    # Ctrl-C reaches the whole group of processes; this one's parent says what there is to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tagger = Tagger(packs)


def _work(chunk: list[Posting], render: Callable[[TaggedPosting], Sequence[str]]) -> list[Sequence[str]]:
    assert _tagger is not None
    return [render(_tagger.tag(posting)) for posting in chunk]
