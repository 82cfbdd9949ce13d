"""Invariant 6 from below, for functions: what the app may call is what the catalog says, and does what the
program made it to do.
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.result import Tally

EXTENSIONS = ["pg_trgm"]  # they compare what they are given, and read nothing

# Functions and procedures in every schema; what has a lower number came with the server.
FUNCTIONS = """
select p.oid::bigint, n.nspname, p.proname, p.prosrc,
       n.nspname || '.' || p.proname || '(' || replace(oidvectortypes(p.proargtypes), ', ', ',') || ')'
         as told,
       p.prosecdef and not coalesce(p.proconfig::text, '') ~ 'search_path=',
       has_function_privilege('hjemmel_app', p.oid, 'execute'),
       exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid
                where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                  and d.refclassid = 'pg_extension'::regclass and e.extname = any(%s))
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.oid >= 16384 order by told
"""


def verify(tally: Tally) -> int:
    """Count what the app may call beyond the catalog, what is missing of that, and functions of the kernel's
    that are not as the program makes them. Returns how many functions were looked at.
    """
    wanted = fetch("select to_regprocedure(s)::oid::bigint, s from unnest(%s::text[]) s", [catalog.called()])
    entered = {number for number, _ in wanted}
    made = catalog.made(dict(Datum.objects.values_list("name", "position")))
    there = fetch(FUNCTIONS, [EXTENSIONS])
    found = set()
    for number, schema, name, body, told, open_path, called, of_extension in there:
        if schema == "kernel" and (name, body) not in made:
            tally.add(f"{told} is not as the program makes it")
        if open_path:
            tally.add(f"{told} runs as its owner and looks for names where the caller says")
        if called and number in entered:
            found.add(number)
        elif called and not of_extension:
            tally.add(f"{told}: the app may call it")
    tally.add_all(f"{told} is missing" for number, told in wanted if number not in found)
    return len(there)
