"""Loaded first (`-p tests.environment`), before settings: tests get a home and a role of their own.

`HJEMMEL_TEST_HOME` and `HJEMMEL_TEST_POSTGRES_BIN` are for running them elsewhere or on another PostgreSQL.
"""

import os
from pathlib import Path

HOME = Path(os.environ.get("HJEMMEL_TEST_HOME", Path(__file__).resolve().parents[1] / "var" / "test"))
for name in [n for n in os.environ if n.startswith("HJEMMEL_") and not n.startswith("HJEMMEL_TEST_")]:
    del os.environ[name]
os.environ["HJEMMEL_HOME"] = str(HOME)
os.environ["HJEMMEL_ROLE"] = "owner"
if binaries := os.environ.get("HJEMMEL_TEST_POSTGRES_BIN"):
    os.environ["HJEMMEL_POSTGRES_BIN"] = binaries
