"""SIGTERM and SIGHUP end a run as Ctrl-C does: with a line, the shell's exit code, and nothing half-done left behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SAID = {"SIGTERM": "terminated", "SIGHUP": "hung up"}


class Stopped(KeyboardInterrupt):
    """A signal that asks the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def told(stop: KeyboardInterrupt) -> tuple[str, int]:
    """What to say of a stop, and the exit code: 128 and the signal's number, as shells have it."""
    if isinstance(stop, Stopped):
        return _SAID[signal.Signals(stop.number).name], 128 + stop.number
    return "interrupted", 130


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP raise `Stopped`; not where they are ignored, as `nohup` has it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _SAID if hasattr(signal, name)]
    before = {number: signal.signal(number, _stop) for number in numbers if signal.getsignal(number) is signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(number)
