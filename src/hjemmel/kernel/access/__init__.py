"""Who sees what: actors, purposes, duties, masked views and policies, enforced in PostgreSQL."""

from hjemmel.kernel.access.actor import Actor, NoActorError, acting, current

__all__ = ["Actor", "NoActorError", "acting", "current"]
