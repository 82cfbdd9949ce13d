"""How this process reaches the database: which server, and which of our roles it logs in as."""

from typing import Any

from hjemmel.project import secrets
from hjemmel.project.config import Config, Role
from hjemmel.project.postgres import places

OWN_BACKEND = "hjemmel.kernel.access.postgres"
PLAIN_BACKEND = "django.db.backends.postgresql"
DATABASE = "hjemmel"


def settings(config: Config, *, own_backend: bool = True) -> dict[str, Any]:
    """Return Django's entry for the role that this process runs as.
    The search path belongs to the role itself.
    """
    target = parameters(config, config.role)
    return {
        "ENGINE": OWN_BACKEND if own_backend else PLAIN_BACKEND,
        "HOST": target.pop("host"),
        "PORT": str(target.pop("port")),
        "NAME": target.pop("dbname"),
        "USER": target.pop("user"),
        "PASSWORD": target.pop("password"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"application_name": f"hjemmel {config.role}", **target},
    }


def parameters(config: Config, role: Role) -> dict[str, Any]:
    """Return libpq's parameters for logging in as one of our roles."""
    login = {"user": f"hjemmel_{role}", "password": secrets.read(config.home, f"postgres_{role}")}
    if config.database is None:
        return {
            "host": str(places.socket_folder(config.home)),
            "port": places.PORT,
            "dbname": DATABASE,
            **login,
        }
    server = config.database
    return {"host": server.host, "port": server.port, "dbname": server.name, **server.options, **login}
