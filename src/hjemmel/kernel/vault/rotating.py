"""A new master key: every subject's key is wrapped anew by it, and the old one is destroyed.

While it lasts both are on the ring, so nobody waits. It may be broken off anywhere, and run again: which
master key wrapped a subject's key stands in its row, and two master keys on the ring say that a rotation is
under way. The blind index has a key of its own, which is not changed: whoever had it could try numbers out
against a copy of the digests, and new digests would not help against that copy.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from hjemmel.kernel.vault import crypto, ring
from hjemmel.kernel.vault.models import Generation
from hjemmel.kernel.vault.wrapped import Wrapped, tables

BATCH = 5000  # keys: a few tenths of a second, and a few megabytes

Progress = Callable[[str, int], None]  # the step that is about to begin, and how many keys are done

NEXT = """
select {key}, wrapped from public.{table}
 where length(wrapped) > 0 and (get_byte(wrapped, 0) << 8) + get_byte(wrapped, 1) < %s and {key} > %s
 order by {key} limit %s for update
"""
ANEW = """
update public.{table} k set {generation}wrapped = n.wrapped
  from unnest(%s::bigint[], %s::bytea[]) n (id, wrapped) where k.{key} = n.id
"""

LOGGED = """
insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, reason)
values (clock_timestamp(), kernel.acting(), '', 'run', 'vault_key', %s, %s)
"""


class RotatingError(RuntimeError):
    """A rotation is under way already."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """The generation that wraps now, how many keys were wrapped anew, the generations destroyed, and whether
    it went on with a rotation that had been broken off.
    """

    generation: int
    keys: int
    destroyed: list[int]
    resumed: bool


@dataclass(frozen=True, slots=True)
class State:
    """The generations on the ring, the one that wraps, and how many keys each has wrapped."""

    current: int
    generations: list[int]
    keys: dict[int, int]


def state() -> State:
    """Return how it stands. Opens nothing."""
    held = ring.there()
    with connection.cursor() as cursor:
        cursor.execute("select generation, count(*) from public.vault_key group by 1 order by 1")
        return State(held.current, sorted(held.masters), dict(cursor.fetchall()))


def rotate(progress: Progress | None = None, *, batch: int = BATCH, actor: str = "console") -> Rotated:
    """Make a new master key, wrap every key by it, destroy the old ones. For the owner's role.

    Raises RotatingError, RootKeyError, and UnsealableError at the first key that does not open: then nothing
    is destroyed.
    """
    tell = progress or (lambda _step, _done: None)
    with _alone():
        resumed = len(ring.there().masters) > 1
        if not resumed:
            tell("new", 0)
            ring.add_generation()
        new = ring.there().current
        done = 0
        for number in _batches(new, batch):
            done += number
            tell("wrapped", done)
        done += _close(new, batch)
        tell("destroy", done)
        destroyed = ring.destroy_generations(before=new)
        tell("destroyed", done)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('hjemmel.actor', %s, true)", [actor])
            cursor.execute(LOGGED, [new, f"vault: {done} keys wrapped by master key {new}"])
    return Rotated(new, done, destroyed, resumed)


def _batches(new: int, size: int) -> Iterator[int]:
    """Wrap the keys anew, each batch a transaction of its own."""
    for of in tables():
        last: int | None = -1
        while last is not None:
            with transaction.atomic():
                number, last = _batch(of, new, size, last)
            if number:
                yield number


def _close(new: int, size: int) -> int:
    """With nobody writing, take what came in between, and let nothing older come in any more."""
    done = 0
    with transaction.atomic(), connection.cursor() as cursor:
        for of in tables():
            cursor.execute(f"lock table public.{of.table} in share row exclusive mode")
            last: int | None = -1
            while last is not None:
                number, last = _batch(of, new, size, last)
                done += number
        Generation.objects.update_or_create(pk=1, defaults={"oldest": new})
    return done


def _batch(of: Wrapped, new: int, size: int, after: int) -> tuple[int, int | None]:
    """Wrap a table's next keys; return how many and the last one's id, None where none is left."""
    generation = f"generation = {new}, " if of.is_subjects else ""
    names = {"table": of.table, "key": of.key, "generation": generation}
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(**names), [new, after, size])
        rows = cursor.fetchall()
        if not rows:
            return 0, None
        ids = [one for one, _ in rows]
        cursor.execute(ANEW.format(**names), [ids, [_anew(bytes(wrapped), one) for one, wrapped in rows]])
    return len(rows), ids[-1]


def _anew(wrapped: bytes, bound_to: int) -> bytes:
    return crypto.wrap(crypto.unwrap(wrapped, bound_to), bound_to)


@contextmanager
def _alone() -> Iterator[None]:
    """Be the one rotation. The lock is the session's, so it goes with the process."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('hjemmel.vault'))")
        row: Any = cursor.fetchone()
    if not row[0]:
        raise RotatingError
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtext('hjemmel.vault'))")
