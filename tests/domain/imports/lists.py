"""Short lists for tests, and what a register holds after them, without its random ids."""

from pathlib import Path
from typing import Any

from django.db import connection

from hjemmel.declaration import texts_of
from hjemmel.domain.imports.actions import Options, Report, import_persons
from hjemmel.kernel.statement.actions import apply

HEADINGS = (
    "Medlemsnr", "Fornavn", "Mellomnavn", "Etternavn", "Fødselsdato", "Kjønn", "Adresse", "Postnr",
    "Poststed", "E-post", "Mobil", "Språk", "Arbeidsgiver", "Fødselsnummer", "Kontonummer", "Innmeldt",
    "Utmeldt", "Medlemstype", "Lokallag",
)  # fmt: skip

KARI = {
    "Medlemsnr": "500", "Fornavn": "Kari", "Etternavn": "Nordli", "Fødselsdato": "14.03.1980",
    "E-post": "kari@example.org", "Mobil": "680 50 123", "Innmeldt": "1.2.2020", "Lokallag": "Havna",
}  # fmt: skip
OLA = {
    "Medlemsnr": "501", "Fornavn": "Ola", "Etternavn": "Nordli", "Fødselsdato": "2. mai 2011",
    "E-post": "kari@example.org", "Innmeldt": "2021-08-15", "Lokallag": "Havna",
}  # fmt: skip


def written(path: Path, *rows: dict[str, str], headings: tuple[str, ...] = HEADINGS) -> Path:
    """Write a list of these rows, with Norwegian headings and semicolons."""
    lines = [";".join(headings), *(";".join(row.get(h, "") for h in headings) for row in rows)]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return path


def take_in(path: Path, *rows: dict[str, str], actor: str = "console", **options: Any) -> Report:
    """Write the rows to `path` (if there are any) and import them."""
    if rows:
        written(path, *rows)
    return import_persons(path, actor=actor, options=Options(**options))


def counts(report: Report) -> tuple[int, int, int, int, int, int]:
    """Read, added, changed, unchanged, queued, rejected."""
    return (
        report.read, report.added, report.changed, report.unchanged, report.queued, report.rejected,
    )  # fmt: skip


def declare(**changes: tuple[str, str]) -> None:
    """Apply the mission society's declaration with one text of an activity replaced by another."""
    texts = dict(texts_of("mission"))
    for activity, (old, new) in changes.items():
        name = f"activities/{activity}.yaml"
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    apply(texts)


PEOPLE = """
select m.number, u.name, m.kind, m.joined_on, m.left_on, m.joined_how,
       p.given_name, p.middle_name, p.family_name, p.display_name, p.sort_key, p.search_key, p.name_source,
       p.birth_date, p.birth_date_source, p.gender, p.language, p.employer,
       (select string_agg(concat_ws(' ', address, matching, main, from_date, source), '|' order by matching)
          from people_email e where e.subject_id = m.subject_id),
       (select string_agg(concat_ws(' ', number, main, from_date, source), '|' order by number)
          from people_phone t where t.subject_id = m.subject_id),
       (select string_agg(concat_ws(' ', lines, postcode, place, country, main, source), '|' order by lines)
          from people_postaladdress a where a.subject_id = m.subject_id),
       (select string_agg(encode(digest, 'hex'), '|' order by datum) from vault_sealed v
         where v.subject_id = m.subject_id),
       (select string_agg(concat_ws(' ', c.rule, g.since, g.ended, g.until), '|' order by c.rule)
          from grounds_ground g join grounds_clause c on c.id = g.clause_id where g.record_id = m.id)
  from members_membership m join units_unit u on u.id = m.unit_id
  left join people_person p on p.id = m.subject_id
"""
STAGED = "select line, state, raw::text, problems::text from imports_row"
RUNS = "select state, line, read, added, changed, unchanged, queued, rejected from imports_run"


def picture() -> list[tuple[Any, ...]]:
    """Everything an import brings, sorted, without ids."""
    seen: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for query in (PEOPLE, STAGED, RUNS):
            cursor.execute(query)
            seen += sorted(cursor.fetchall(), key=repr)
        for table in ("subjects_subject", "people_person", "people_email", "vault_key", "grounds_ground"):
            cursor.execute(f"select '{table}', count(*) from {table}")
            seen += cursor.fetchall()
    return seen
