"""A trap beside part d: a function first planned while its table is empty, asked when it is full."""

from typing import Any

from bench.ground.cluster import Cluster
from bench.ground.timing import cost

ROWS = 10_000
MAKE = """
create table entering (subject_id bigint primary key);
create function is_entering(subject bigint) returns boolean language {language} stable security definer
set search_path = public {setting} as $b$ {body} $b$;
vacuum analyze entering"""
QUERY = "select exists (select from entering where subject_id = subject)"
FORMS = {
    "plpgsql": ("plpgsql", "", f"begin return ({QUERY}); end"),
    "plpgsql, set enable_seqscan = off": (
        "plpgsql",
        "set enable_seqscan = off",
        f"begin return ({QUERY}); end",
    ),
    "plpgsql, set plan_cache_mode = force_custom_plan": (
        "plpgsql",
        "set plan_cache_mode = force_custom_plan",
        f"begin return ({QUERY}); end",
    ),
    "SQL": ("sql", "", QUERY),
    "SQL, set enable_seqscan = off": ("sql", "set enable_seqscan = off", QUERY),
}


def run(cluster: Cluster) -> dict[str, Any]:
    """Return the cost of 10,000 calls with 10,000 rows, after ten calls with none in the same session."""
    with cluster.connect(database="postgres") as owner:
        owner.autocommit = True
        figures: dict[str, Any] = {}
        for name, (language, setting, body) in FORMS.items():
            for statement in MAKE.format(language=language, setting=setting, body=body).split(";\n"):
                owner.execute(statement)
            for _ in range(10):
                owner.execute("select is_entering(1)")
            owner.execute("insert into entering select generate_series(1, %s)", (ROWS,))
            ask = "select count(*) filter (where is_entering(n)) from generate_series(1, %s) n"
            figures[name] = {"10,000 calls": cost(owner, lambda ask=ask: owner.execute(ask, (ROWS,)))}
            owner.execute("drop function is_entering; drop table entering")
    return figures
