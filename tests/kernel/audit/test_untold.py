"""Of what is sealed or secret the log holds no value, and the statement says so of just that."""

from hjemmel.declaration import vocabulary
from hjemmel.kernel import catalog


def test_what_the_statement_says_is_not_logged_is_what_the_log_leaves_out():
    known = vocabulary().data
    left_out = {table.data[column] for table in catalog.tables() for column in table.secret}
    left_out |= {datum for table in catalog.tables() for datum in table.sealed}
    stored = {datum for table in catalog.tables() for datum in (*table.data.values(), *table.sealed)}
    assert left_out == {"account.password", "person.national_id", "person.bank_account"}
    assert {name for name in stored if name in known and known[name].unlogged} == left_out
