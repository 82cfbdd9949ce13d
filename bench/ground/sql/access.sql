-- Who asks, from the settings of the transaction. An unset setting is '' after a commit: nullif.
create function kernel.actor() returns bigint language sql stable
return case when current_setting('hjemmel.actor', true) like 'officer:%' then
  split_part(current_setting('hjemmel.actor', true), ':', 2)::bigint end;
create function kernel.purposes() returns text[] language sql stable
return string_to_array(nullif(current_setting('hjemmel.purpose', true), ''), ',');

