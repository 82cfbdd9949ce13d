-- The clauses: rows of data, the declaration's keep rules. A bit is a datum of the person; positions from the left.
create function kernel.bits(variadic positions int[]) returns bit(256) language sql immutable as
$$ select coalesce(bit_or(set_bit(repeat('0', 256)::bit(256), p, 1)), repeat('0', 256)::bit(256))
  from unnest(positions) p $$;
-- 1 name 2 birth 3 gender 4 language 5 employer 6 address 7 e-mail 8 phone 11 municipality 12-13 contact
-- 14-19 membership number, type, status, dates, unit, how 25 office 26 office dates 27 consent 28-29 account
insert into grounds_clause (id, activity, record, rule, event, count_from, period, condition, bits) values
(1, 'contacts', 'contact', 'contacts/keep/1', 'contact.reviewed', 'date', '1 year', null, kernel.bits(1,4,7,8,12,13)),
(2, 'membership', 'membership', 'membership/keep/1', 'membership.ended', 'date', '0', null,
  kernel.bits(1,2,3,4,5,6,7,8,11,14,15,16,17,18,19)),
(3, 'membership', 'membership', 'membership/keep/2', 'membership.ended', 'year_end', '5 years', null,
  kernel.bits(1,2,14,17,18)),
(4, 'offices', 'tenure', 'offices/keep/1', 'tenure.ended', 'date', '1 year', null, kernel.bits(1,7,8,25,26)),
(5, 'membership', 'consent', 'membership/keep/3', 'consent.withdrawn', 'date', '1 year', null, kernel.bits(27)),
(6, 'accounts', 'account', 'accounts/keep/1', 'account.last_login', 'date', '2 years', 'account.used',
  kernel.bits(28,29)),
(7, 'accounts', 'account', 'accounts/keep/2', 'account.created', 'date', '90 days', 'account.unused',
  kernel.bits(28)),
(8, 'imports', 'import_row', 'imports/keep/1', 'import.received', 'date', '30 days', null, kernel.bits(1,2,6,7,8));
