"""The journal of erasures: what went, written beside the backups, so that a restore of an older backup lets
it go again. It holds keyed digests of ids and names of rules, tables and kinds of data: nothing of a person.

Whatever erases calls `actions.erase` in the transaction it erases in; what undoes it, `actions.give_back`.
"""
