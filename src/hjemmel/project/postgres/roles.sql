-- The roles of Hjemmel, run by bootstrap.py as a superuser (or as a role with CREATEROLE) as often as one likes.
-- None is a superuser, none bypasses row-level security: managed servers refuse both, and neither is needed.

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            -- migrations, grants, applying a declaration; CREATEDB for the copies that tests work in
            ('hjemmel_owner', 'login createdb'),
            -- owns the security-definer functions
            ('hjemmel_kernel', 'nologin'),
            -- owns the masked views
            ('hjemmel_reader', 'nologin'),
            -- retention
            ('hjemmel_keeper', 'login'),
            -- backups
            ('hjemmel_dump', 'login'),
            -- the web and its jobs: owns nothing, is in no other role
            ('hjemmel_app', 'login')
        ) as t(name, powers)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            execute format('create role %I nosuperuser nobypassrls nocreaterole nocreatedb', wanted.name);
        end if;
        execute format('alter role %I %s', wanted.name, wanted.powers);
    end loop;
end $$;

-- The owner hands its functions and views to kernel and reader, and acts as app and keeper in tests. Only the
-- former two are inherited: the policies for app and keeper must not count for the owner as well.
do $$
begin
    if current_setting('server_version_num')::int >= 160000 then
        grant hjemmel_kernel, hjemmel_reader to hjemmel_owner with inherit true, set true;
        grant hjemmel_keeper, hjemmel_app to hjemmel_owner with inherit false, set true;
    else
        grant hjemmel_kernel, hjemmel_reader, hjemmel_keeper, hjemmel_app to hjemmel_owner;
    end if;
end $$;

-- Reading goes to the masked views for the app alone. Set on the role, so that it holds through a pool too.
alter role hjemmel_app set search_path = seen, public, kernel;
alter role hjemmel_owner set search_path = public, kernel;
alter role hjemmel_keeper set search_path = public, kernel;
alter role hjemmel_dump set search_path = public, kernel;

-- A web process that hangs in a transaction holds locks and rows; nothing it does takes this long.
alter role hjemmel_app set idle_in_transaction_session_timeout = '5min';

-- Sessions of the same role see each other's statements in pg_stat_activity, with the values in them. Only a superuser
-- may say that nothing is shown there, and only a superuser takes it back.
do $$
begin
    alter role hjemmel_app set track_activities = off;
exception when insufficient_privilege then
    raise warning 'statements of the web stay visible to its other sessions while they run';
end $$;
