"""What the command tells of its progress: lines in a log, one line written over on a screen."""

import io
import sys
import time

import pytest

from hjemmel.domain.imports.actions import Progress
from hjemmel.faces.cli.commands.import_persons import Meter


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes as far as it is told."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def told(clock, stream: io.StringIO, monkeypatch) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    meter = Meter()
    for seconds, read in ((0.0, 2000), (2.0, 4000), (6.0, 8000), (7.0, 10_000), (100.0, 20_000)):
        clock[0] = seconds
        meter.tell(Progress(read, 20_000, 2000))
    meter.close()
    return stream.getvalue()


def test_a_log_gets_a_line_now_and_then_with_pace_and_time_left(clock, monkeypatch):
    assert told(clock, io.StringIO(), monkeypatch).splitlines() == [
        "8 000 av 20 000 rader, 1 000 i sekundet, 12 s igjen",
        "20 000 av 20 000 rader, 180 i sekundet, 0 s igjen",
    ]


def test_a_screen_has_one_line_written_over(clock, monkeypatch):
    shown = told(clock, Screen(), monkeypatch)
    assert shown.count("\r") == 4
    assert shown.split("\r")[-1] == "20 000 av 20 000 rader, 180 i sekundet, 0 s igjen\x1b[K\n"


def test_a_long_wait_is_told_in_minutes(clock, monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    meter = Meter()
    clock[0] = 10.0
    meter.tell(Progress(1000, 100_000, 0))
    assert stream.getvalue() == "1 000 av 100 000 rader, 100 i sekundet, 16 min igjen\n"
