"""The register that is read: the demonstration, made by the program itself in a process of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

MAKE = """
import sys
from hjemmel.project.config import from_environment
from hjemmel.project.house import House
house = House(from_environment())
with house.database("owner"):
    house.migrate(lambda _: None)
    house.demonstrate(preset="mission", persons=int(sys.argv[1]), seed=1)
"""


def make(home: Path, persons: int) -> dict[str, Any]:
    """Make the demonstration unless it is there; return what that took."""
    if (home / "demonstration.json").exists():
        return {}
    begun, load = time.perf_counter(), os.getloadavg()[0]
    paths = os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-c", MAKE, str(persons)], check=True, env=os.environ | {"PYTHONPATH": paths}
    )
    return {"s": round(time.perf_counter() - begun), "load": f"{load:.1f}-{os.getloadavg()[0]:.1f}"}
