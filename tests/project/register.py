"""One home and a free port, and commands run in them, as people do."""

import http.client
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from hjemmel.project.postgres import Server

DEMO = ("run", "--demo", "mission", "--persons", "60", "--seed", "7")


class Register:
    """One home and a free port, and commands run in them."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.home = home
        self.started: list[subprocess.Popen] = []
        self.settings: dict[str, str] = {}

    def end(self) -> None:
        """Take down whatever a failed test left running, and what lies outside the home."""
        for process in self.started:
            if process.poll() is None:
                down(process, signal.SIGKILL)
        self.run("stop")
        outside = Server(self.home).places.copy
        if outside is not None:
            shutil.rmtree(outside)

    def start(self, *arguments: str) -> subprocess.Popen:
        return self.program("-m", "hjemmel.project.console", *arguments)

    def program(self, *arguments: str, **more: str) -> subprocess.Popen:
        environment = {"HJEMMEL_HOME": str(self.home), "HJEMMEL_PORT": str(self.port)} | self.settings | more
        return subprocess.Popen(
            [sys.executable, *arguments],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, err = process.communicate()
        return process.returncode, out, err

    def status(self) -> dict:
        return json.loads(self.run("status", "--json")[1])

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def up(self) -> tuple[subprocess.Popen, list[str]]:
        """Start the demonstration; return it and what it said, once the web answers."""
        process = self.start(*DEMO)
        self.started.append(process)
        said = []
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if "Ctrl+C" in line:
                break
        return process, said


def drained(process: subprocess.Popen) -> queue.SimpleQueue[str]:
    """Read what a process says on its error stream as it says it, or its pipe fills and it waits for ever."""
    stream, process.stderr = process.stderr, None
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        with stream:
            for line in stream:
                lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    return lines


def down(process: subprocess.Popen, sign: signal.Signals) -> int:
    with process:
        process.send_signal(sign)
        process.communicate()
    return process.returncode
