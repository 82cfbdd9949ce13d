"""What this installation is: one frozen `Config`, read from the environment, all faults told at once."""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit

Role = Literal["app", "owner", "keeper", "dump"]
PREFIX = "HJEMMEL_"
ROOT_KEY = ("MASTER_KEY", "MASTER_KEY_FILE", "KMS_COMMAND")


class ConfigError(ValueError):
    """The environment cannot be used; `faults` says per variable what is wrong and what is allowed."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Database:
    """Where a PostgreSQL server of one's own is. Log-ins are our six roles, never the URL's."""

    host: str
    port: int
    name: str
    options: dict[str, str] = field(default_factory=dict)
    superuser: str | None = None
    superuser_password: str | None = None


@dataclass(frozen=True)
class Config:
    """One installation. Paths are absolute."""

    home: Path
    port: int = 8000
    address: str = "127.0.0.1"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    tls: bool = False
    debug: bool = False
    role: Role = "app"
    today: date | None = None
    postgres_bin: Path | None = None
    database: Database | None = None
    workers: int = 2
    mail: str = ""
    sender: str = "hjemmel@localhost"
    backups: Path | None = None
    master_key: str = field(default="", repr=False)
    master_key_file: Path | None = None
    kms_command: str = ""

    @property
    def base_url(self) -> str:
        """The address people open, without a closing slash."""
        host = next((h for h in self.hosts if h not in {"localhost", "127.0.0.1", "[::1]"}), None)
        return f"https://{host}" if self.tls and host else f"http://{self.address}:{self.port}"


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Return the installation that the environment describes.

    Raises ConfigError with every fault, also for a HJEMMEL_ variable that nobody reads: it is misspelt.
    """
    whole = os.environ if environ is None else environ
    given = {k: v for k, v in whole.items() if k.startswith(PREFIX) and not k.startswith(f"{PREFIX}TEST_")}
    faults: list[str] = []
    values: dict[str, object] = {}
    for name, (target, parse) in _VARIABLES.items():
        text = given.pop(PREFIX + name, "").strip()
        if not text and target != "home":
            continue
        try:
            values[target] = parse(text)
        except ValueError as error:
            faults.append(f"{PREFIX}{name}: {error}.")  # never the value: it may be a password
    if len(several := [name for name in ROOT_KEY if values.get(_VARIABLES[name][0])]) > 1:
        told = ", ".join(PREFIX + name for name in several)
        faults.append(f"{told}: velg én av dem; hovednøkkelen kommer fra ett sted.")
    faults += [f"{name}: finnes ikke. Velg: {', '.join(PREFIX + v for v in _VARIABLES)}." for name in given]
    if faults:
        raise ConfigError(faults)
    return Config(**values)  # type: ignore[arg-type]


def without_superuser(url: str) -> str:
    """Return the database URL with log-in and password taken out, for child processes that need neither."""
    parts = urlsplit(url)
    return urlunsplit(SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], *parts[2:]))


def _home(text: str) -> Path:
    return Path(text or "var").expanduser().absolute()


def _folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("skriv en mappe")
    return path


def _master_key(text: str) -> str:
    if any(not re.fullmatch(r"[0-9a-fA-F]{64}", word) for word in text.replace(",", " ").split()):
        raise ValueError("skriv 64 heksadesimale tegn; en eldre nøkkel kan stå etter, med komma mellom")
    return text


def _file(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise ValueError("det er ingen fil der")
    return path


def _command(text: str) -> str:
    try:
        program = shlex.split(text)[0]
    except (ValueError, IndexError):
        raise ValueError("skriv en kommando, slik du ville skrevet den i et skall") from None
    if shutil.which(program) is None:
        raise ValueError("programmet finnes ikke eller kan ikke kjøres")
    return text


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"skriv et helt tall fra {low} til {high}")
        return int(text)

    return parse


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("skriv 1 (ja) eller 0 (nei)")
    return text == "1"


def _role(text: str) -> str:
    if text not in get_args(Role):
        raise ValueError(f"skriv en av disse: {', '.join(get_args(Role))}")
    return text


def _day(text: str) -> date:
    from hjemmel.kernel.clock import days  # noqa: PLC0415 - it needs Django, which is slow to come

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("skriv en dato slik: 2026-11-23") from None
    if not days.FIRST <= day <= days.LAST:
        raise ValueError(f"velg en dag fra {days.FIRST} til {days.LAST}")
    return day


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _binaries(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    absent = [name for name in ("initdb", "postgres") if not (path / name).is_file()]
    if absent:
        raise ValueError(f"{' og '.join(absent)} er ikke der; skriv mappen som har initdb og postgres i seg")
    return path


def _database(text: str) -> Database:
    try:
        return _place(text)
    except ValueError:  # urllib's own would repeat a part of the address, and that may be the password
        raise ValueError(
            "skriv postgresql://TJENER:PORT/NAVN, med en superbruker som BRUKER:PASSORD@ bare første gang"
        ) from None


def _place(text: str) -> Database:
    parts = urlsplit(text)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not host or not name:
        raise ValueError
    return Database(
        host=host,
        port=parts.port or 5432,
        name=name,
        options=options,
        superuser=unquote(parts.username) if parts.username else None,
        superuser_password=unquote(parts.password) if parts.password else None,
    )


def _url(text: str) -> str:
    if urlsplit(text).scheme not in {"smtp", "smtps", "file"}:
        raise ValueError("skriv smtp://TJENER:PORT, smtps://TJENER:PORT eller file:///MAPPE")
    return text


_VARIABLES: dict[str, tuple[str, Callable[[str], object]]] = {
    "HOME": ("home", _home),
    "PORT": ("port", _number(1, 65535)),
    "ADDRESS": ("address", str),
    "HOSTS": ("hosts", _list),
    "TLS": ("tls", _switch),
    "DEBUG": ("debug", _switch),
    "ROLE": ("role", _role),
    "TODAY": ("today", _day),
    "POSTGRES_BIN": ("postgres_bin", _binaries),
    "DATABASE_URL": ("database", _database),
    "WORKERS": ("workers", _number(1, 64)),
    "MAIL": ("mail", _url),
    "SENDER": ("sender", str),
    "BACKUPS": ("backups", _folder),
    "MASTER_KEY": ("master_key", _master_key),
    "MASTER_KEY_FILE": ("master_key_file", _file),
    "KMS_COMMAND": ("kms_command", _command),
}
