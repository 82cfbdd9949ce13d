"""Keep child processes running until told to stop, and see every one of them off at the end."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

TRIES, WITHIN = 5, 60.0  # a child that ends so often within so many seconds will not get better
PATIENCE = 15.0  # seconds a child has for what it is doing when it is asked to stop


class KeepsEndingError(RuntimeError):
    """A child process cannot be kept running."""


@dataclass
class Child:
    """One process to be kept running. In a session of its own, so that Ctrl+C reaches only the parent."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it; it is asked to stop should the parent be killed."""
        now = time.monotonic()
        self.starts = [at for at in self.starts if now - at < WITHIN] + [now]
        if len(self.starts) > TRIES:
            raise KeepsEndingError(f"{self.name} ended {TRIES} times within a minute; see what it said above")
        follow = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self.process = subprocess.Popen(
            [*follow, *self.command],
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=2,  # stdout is for the result of the command
            start_new_session=True,
        )

    def ended(self) -> bool:
        """Return whether it is gone."""
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing and go."""
        if self.process is not None and not self.ended():
            self.process.terminate()

    def see_off(self) -> None:
        """Wait for it, and end whatever is left of it and its own children."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def keep(
    children: list[Child], *, ready: Callable[[threading.Event], None], check: Callable[[], None]
) -> None:
    """Run the children until SIGTERM, SIGINT or SIGHUP; start again what ends before that.

    `ready` is called once all are started, with the event that says to stop; `check` about once a second.
    Raises KeepsEndingError when one cannot be kept running; all are gone when this returns or raises.
    """
    with _told_to_stop() as stop:
        try:
            for child in children:
                child.start()
            ready(stop)
            while not stop.wait(1.0):
                check()
                for child in children:
                    if child.ended():
                        child.see_off()
                        child.start()
        finally:
            for child in children:
                child.ask_to_stop()
            for child in children:
                child.see_off()


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    signs = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {sign: signal.signal(sign, lambda *_: stop.set()) for sign in signs}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
