"""One frozen configuration, and every fault told at once."""

from datetime import date
from pathlib import Path

import pytest

from hjemmel.project.config import Config, ConfigError, from_environment, without_superuser


def test_nothing_set_is_a_register_for_this_machine_alone():
    config = from_environment({})
    assert config == Config(home=Path.cwd() / "var")
    assert config.base_url == "http://127.0.0.1:8000"


def test_everything_can_be_set(tmp_path: Path):
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    config = from_environment(
        {
            "HJEMMEL_HOME": "~/register",
            "HJEMMEL_PORT": "8443",
            "HJEMMEL_HOSTS": "register.example.org, localhost",
            "HJEMMEL_TLS": "1",
            "HJEMMEL_TODAY": "2031-03-14",
            "HJEMMEL_ROLE": "keeper",
            "HJEMMEL_POSTGRES_BIN": str(tmp_path),
            "HJEMMEL_DATABASE_URL": "postgresql://root:p%40ss@db.example.org/people?sslmode=verify-full",
            "PATH": "not ours",
        }
    )
    assert config.home == Path.home() / "register"
    assert config.hosts == ("register.example.org", "localhost")
    assert config.base_url == "https://register.example.org"
    assert config.today == date(2031, 3, 14)
    assert config.postgres_bin == tmp_path
    assert config.database is not None
    assert (config.database.host, config.database.port, config.database.name) == (
        "db.example.org",
        5432,
        "people",
    )
    assert config.database.superuser_password == "p@ss"
    assert config.database.options == {"sslmode": "verify-full"}


def test_all_faults_are_told_at_once_and_no_value_is_repeated():
    given = {
        "HJEMMEL_PORT": "80000",
        "HJEMMEL_TODAY": "14.3.2031",
        "HJEMMEL_ROLE": "postgres",
        "HJEMMEL_TLS": "yes",
        "HJEMMEL_POSTGRES_BIN": "/nowhere",
        "HJEMMEL_DATABASE_URL": "mysql://root:hunter2@db/x",
        "HJEMMEL_PROT": "8000",
    }
    with pytest.raises(ConfigError) as raised:
        from_environment(given)
    assert sorted(fault.split(":")[0] for fault in raised.value.faults) == sorted(given)
    assert "hunter2" not in str(raised.value)


def test_what_is_wrong_is_said_in_norwegian():
    with pytest.raises(ConfigError) as raised:
        from_environment({"HJEMMEL_PORT": "80000", "HJEMMEL_TODAY": "14.3.2031", "HJEMMEL_PROT": "8000"})
    port, day, name = raised.value.faults
    assert port == "HJEMMEL_PORT: skriv et helt tall fra 1 til 65535."
    assert day == "HJEMMEL_TODAY: skriv en dato slik: 2026-11-23."
    with pytest.raises(ConfigError, match="HJEMMEL_TODAY: velg en dag fra 1850-01-01 til 2149-12-31"):
        from_environment({"HJEMMEL_TODAY": "2150-01-01"})
    assert name.startswith("HJEMMEL_PROT: finnes ikke. Velg: HJEMMEL_HOME, HJEMMEL_PORT, ")


@pytest.mark.parametrize(
    "url", ["postgresql://root:hunter2", "postgresql://[hunter2/x", "postgresql://a:hunter2/x"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str):
    with pytest.raises(ConfigError) as raised:
        from_environment({"HJEMMEL_DATABASE_URL": url})
    assert raised.value.faults[0].startswith("HJEMMEL_DATABASE_URL: skriv postgresql://")
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "without"),
    [
        ("postgresql://a:b@db:5432/x?sslmode=require", "postgresql://db:5432/x?sslmode=require"),
        ("postgresql://db/x", "postgresql://db/x"),
        ("postgresql://a:p%40ss@[::1]/x", "postgresql://[::1]/x"),
    ],
)
def test_child_processes_get_no_superuser(url: str, without: str):
    assert without_superuser(url) == without
