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
