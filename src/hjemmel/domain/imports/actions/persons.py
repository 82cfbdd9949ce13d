"""One import of one file: chunk by chunk, each in a transaction that also notes how far it has come.

Broken off and started again it goes on where it was. A row is written whole or not at all, a run is not.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.db.models import F

from hjemmel.domain.imports import files
from hjemmel.domain.imports.actions import rejecting
from hjemmel.domain.imports.actions.chunks import Chunks
from hjemmel.domain.imports.actions.deciding import QUEUED, REJECTED, Counts, Decider
from hjemmel.domain.imports.actions.report import Options, Progress, Report, tell_nobody
from hjemmel.domain.imports.actions.wanting import Wanting
from hjemmel.domain.imports.actions.writing import ChangedMeanwhileError
from hjemmel.domain.imports.csv import Field, Layout, MapFile, Row, inspect, load_map, read
from hjemmel.domain.imports.csv.mapfile import NOTHING
from hjemmel.domain.imports.models import Row as StagedRow
from hjemmel.domain.imports.models import Run
from hjemmel.domain.imports.queries.file import Whole, digest, survey
from hjemmel.domain.imports.queries.known import People
from hjemmel.domain.imports.queries.reasons import NotPossible
from hjemmel.domain.imports.queries.rights import Rights, clauses_of
from hjemmel.domain.imports.queries.setting import Setting, setting
from hjemmel.kernel import access, clock

ATTEMPTS: Final = 3
COUNTED: Final = ("read", "added", "changed", "unchanged", "queued", "rejected")
ENDINGS: Final = {REJECTED: "avvist", QUEUED: "venter"}
FILLED: Final = (
    "subjects_subject, members_membership, people_person, people_email, people_phone, people_postaladdress,"
    " vault_sealed, grounds_ground"
)

Staged = dict[str, Any]


def import_persons(
    path: Path,
    *,
    actor: str = "console",
    options: Options | None = None,
    tell: Callable[[Progress], None] = tell_nobody,
) -> Report:
    """Import the people of a CSV file as `actor`, and return what it came to. The same file with the same
    options, broken off, goes on where it was. A dry run decides every row and writes nothing but the files.

    Raises UnusableFile, NotPossible, NothingDeclaredError, and PermissionDenied where the actor's duties do
    not let rows be staged.
    """
    chosen = options or Options()
    map_file = load_map(chosen.map_path) if chosen.map_path is not None else NOTHING
    layout = inspect(path, map_file=map_file)
    base = setting(activity=chosen.activity, unit=chosen.unit)
    if base.unit is None and not layout.of(Field.UNIT):
        raise NotPossible("import.no_unit")
    whole = survey(path, layout)
    with access.acting(actor=actor, purpose=base.purposes):
        rights = Rights(base.activity)
        # An officer's rights are the web's role's; with another role's she would write anything.
        if rights.scoped != actor.startswith("officer:"):
            raise PermissionDenied
        if not rights.stages(base.unit or base.units[base.units.root]):
            raise PermissionDenied
        run = _open(path, actor, layout, base, dry_run=chosen.dry_run)
    decider = Decider(
        wanting=Wanting(layout, base, rights),
        setting=base,
        rights=rights,
        numbers=whole.numbers,
        today=clock.today(),
    )
    importing = _Import(path, actor, chosen, layout, base, whole, rights, decider, run, tell)
    return importing.report()


@dataclass(slots=True)
class _Import:
    path: Path
    actor: str
    options: Options
    layout: Layout
    base: Setting
    whole: Whole
    rights: Rights
    decider: Decider
    run: Run
    tell: Callable[[Progress], None]
    before: int = 0
    part: Counts = field(default_factory=Counts)

    def report(self) -> Report:
        """Do what is left of the run."""
        self.before = self.run.read
        today, line = clock.today(), self.run.line
        rows = read(self.path, self.layout, allow=self.base.allow, today=today, after_line=line)
        self._tell()
        if self.options.dry_run:
            return self._finish(self._try(rows))
        self._write(rows)
        return self._finish(None)

    def _write(self, rows: Iterator[Row]) -> None:
        chunks = Chunks(self.run, self.decider, self.whole.numbers, self.rights.scoped)
        grown = self.options.chunk
        for part in ahead(rows, self.options.chunk):
            self._chunk(chunks, part)
            self._tell()
            if self.part.added >= grown and not self.rights.scoped:
                # Tables that have grown many times over: what the planner believes of them is renewed.
                with connection.cursor() as cursor:
                    cursor.execute(f"analyze {FILLED}")
                grown = self.part.added * 4

    def _chunk(self, chunks: Chunks, rows: Sequence[Row]) -> None:
        """Write a chunk and note how far it has come, in one transaction."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._acting():
                    self._hold()
                    counts = chunks.write(rows, patient=attempt < ATTEMPTS)
                    steps: dict[str, Any] = {name: F(name) + getattr(counts, name) for name in COUNTED}
                    Run.objects.filter(pk=self.run.pk).update(line=rows[-1].line, **steps)
            except ChangedMeanwhileError:
                if attempt == ATTEMPTS:
                    raise
            else:
                self._note(counts, rows[-1].line)
                return

    def _hold(self) -> None:
        """Lock the run until the chunk is written. Raises NotPossible where somebody else has moved it. One
        import writes at a time, so that two lists with the same people see each other's.
        """
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('hjemmel.import'))")
        # One that is done is nobody's to lock any more.
        now = Run.objects.select_for_update().filter(pk=self.run.pk).first()
        if now is None or (now.line, now.state) != (self.run.line, self.run.state):
            raise NotPossible("import.busy")

    def _try(self, rows: Iterator[Row]) -> list[Staged]:
        """Decide every row and write none. Whoever the rows would bring is remembered to the end."""
        people = People()
        staged: list[Staged] = []
        for part in ahead(rows, self.options.chunk):
            with self._acting():
                decided = self.decider.decide(part, people)
            self._note(decided.counts, part[-1].line)
            staged += decided.plan.staged
            self._tell()
        return staged

    def _finish(self, staged: list[Staged] | None) -> Report:
        """Write the files, and let the run be done. `staged` are the rows of a dry run, which are nowhere."""
        written: dict[str, Path | None] = {}
        with self._acting():
            for state, ending in ENDINGS.items():
                lines = rejecting.staged(self.run, state) if staged is None else _lines(staged, state)
                place = files.place(self.path, self.run.pk, ending)
                written[state] = rejecting.write(place, self.layout.headings, lines)
            if staged is None:
                with connection.cursor() as cursor:
                    cursor.execute("select kernel.import_done(%s)", [self.run.pk])
        return Report(
            **{name: getattr(self.run, name) for name in COUNTED},
            rejects_file=written[REJECTED],
            queued_file=written[QUEUED],
            dropped=dict(sorted(self.part.dropped.items())),
            unread=tuple(column.label for column in self.layout.unread),
            unsure=tuple(column.label for column in self.layout.unsure),
            resumed=self.before > 0,
            dry_run=self.options.dry_run,
        )

    def _acting(self) -> AbstractContextManager[Any]:
        reason = "" if self.options.dry_run else f"import:{self.run.pk}"
        return access.acting(actor=self.actor, purpose=self.base.purposes, reason=reason)

    def _note(self, counts: Counts, line: int) -> None:
        """Bring the run in hand to where the stored one is."""
        self.run.line = line
        for name in COUNTED:
            setattr(self.run, name, getattr(self.run, name) + getattr(counts, name))
        self.part.add(counts)

    def _tell(self) -> None:
        self.tell(Progress(self.run.read, self.whole.records, self.before))


def ahead(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield the rows in chunks; the next one is read while the present one is being written."""

    def take() -> list[Row]:
        return list(islice(rows, size))

    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(take)
        while part := coming.result():
            coming = reader.submit(take)
            yield part


def _open(path: Path, actor: str, layout: Layout, base: Setting, *, dry_run: bool) -> Run:
    """The run of this file with these options that is not done yet, or a new one; a dry run stores none."""
    unit_id = base.unit.id if base.unit else None
    options = {
        "activity": base.activity,
        "unit": unit_id,
        "map": _hash(_written(layout.map)),
    }
    run = Run(
        digest=digest(path),
        options=options,
        by=_hash(actor),
        unit_id=unit_id,
        state=Run.State.RUNNING,
        received_on=clock.today(),
    )
    if dry_run:
        return run
    same = Run.objects.filter(digest=run.digest, options=options, by=run.by)
    found = same.exclude(state=Run.State.DONE).first()
    if found is not None and any(clauses_of(StagedRow, [{"run_id": found.pk, "unit_id": unit_id}])):
        return found
    if found is not None:
        # Broken off so long ago that its rows may no longer wait: it is over, and the list begins anew.
        Run.objects.filter(pk=found.pk).update(state=Run.State.DONE)
    try:
        run.save(force_insert=True)
    except IntegrityError:
        raise NotPossible("import.busy") from None
    return run


def _lines(staged: list[Staged], state: str) -> list[rejecting.Staged]:
    return [(row["line"], row["raw"], row["problems"]) for row in staged if row["state"] == state]


def _written(map_file: MapFile) -> str:
    return json.dumps(asdict(map_file), sort_keys=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
