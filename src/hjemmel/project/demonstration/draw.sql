-- Repeatable draws: the same seed, question and number give the same answer on every machine.
create function pg_temp.pick(i bigint, question text, n int) returns int language sql immutable as
$$ select (hashtextextended(question || ':' || i, %(seed)s) & 2147483647)::bigint %% n $$;
create function pg_temp.id(what text, i bigint) returns bigint language sql immutable as
$$ select hashtextextended('id ' || what || ':' || i, %(seed)s) & 9223372036854775807 $$;
