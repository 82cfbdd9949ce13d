-- The database itself, run by bootstrap.py inside it: nothing is open to everybody.

alter schema public owner to hjemmel_owner;
revoke create on schema public from public;
grant usage on schema public to hjemmel_app, hjemmel_keeper, hjemmel_dump, hjemmel_kernel, hjemmel_reader;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to hjemmel_app, hjemmel_keeper, hjemmel_dump', current_database());
    execute format('grant temporary on database %I to hjemmel_keeper', current_database());
end $$;

create extension if not exists pg_trgm;

-- Large objects are a store without columns, seen by whoever is told the number; the message goes into the write-ahead
-- log, whatever it says. Nothing here needs them. (Where we are no superuser the server only warns, and verify counts.)
do $$
declare f regprocedure;
begin
    for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace
              and proname ~ '^(lo_.*|loread|lowrite|pg_logical_emit_message)$' loop
        begin
            execute format('revoke execute on function %s from public', f);
        exception when insufficient_privilege then
            raise warning '% stays open to everybody', f;
        end;
    end loop;
end $$;
