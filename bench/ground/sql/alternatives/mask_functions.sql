-- The mask from a function instead of a LATERAL join in the view.
create function kernel.mask(subject bigint) returns bit(256) language plpgsql stable security definer cost 300
set search_path = public, kernel, pg_temp as $b$
begin return (select bit_or(r.bits) from kernel.reached(subject) r); end $b$;
create function kernel.mask_sql(subject bigint) returns bit(256) language sql stable security definer cost 300
set search_path = public, kernel, pg_temp as $b$ select bit_or(r.bits) from kernel.reached(subject) r $b$;
create function kernel.mask_bare(subject bigint) returns bit(256) language plpgsql stable
  security definer cost 300 as $b$
begin return (select bit_or(r.bits) from kernel.reached(subject) r); end $b$;
alter function kernel.mask owner to hjemmel_kernel; alter function kernel.mask_sql owner to hjemmel_kernel;
alter function kernel.mask_bare owner to hjemmel_kernel;
create schema viewed;
grant usage on schema viewed to hjemmel_app;
