"""Secrets in files: one file per secret in `<home>/secrets`, readable by their owner only."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from hjemmel.project.config import Config

FOLDER_MODE = 0o700


class UnreadableSecretError(RuntimeError):
    """A secret exists and cannot be read, most often because another user made the data folder."""


def private_folder(path: Path) -> Path:
    """Make `path`, and what is missing above it, for the owner alone.
    Folders that exist are left as they are.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return path


def read(home: Path, name: str) -> str:
    """Return the secret `name` of this home, made at random (256 bits, hexadecimal) the first time."""
    path = home / "secrets" / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UnreadableSecretError(f"{path} cannot be read: {error.strerror}") from error
    try:
        return _make(path)
    except OSError as error:
        raise UnreadableSecretError(f"{path} cannot be written: {error.strerror}") from error


def root(config: Config) -> tuple[str, str]:
    """Return where the root key comes from: given by the environment, or a secret of this home, made the
    first time.
    """
    if config.kms_command:
        return "command", config.kms_command
    if config.master_key:
        return "keys", config.master_key
    if config.master_key_file is None:
        read(config.home, "master_key")
    return "file", str(config.master_key_file or config.home / "secrets" / "master_key")


def _make(path: Path) -> str:
    """Write a new secret whole or not at all; of two processes at once the first one's stands."""
    private_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return path.read_text(encoding="ascii").strip()
