"""What is done to people. Each action checks what was typed, writes it as the present actor, and leaves the
database to refuse what her duties or the declaration do not allow.
"""

from hjemmel.domain.people.actions.changing import change
from hjemmel.domain.people.actions.contacts import (
    end_contact,
    enter_contact,
    give_all,
    review_contact,
    unreachable,
)
from hjemmel.domain.people.actions.entering import Checked, LikelySame, NewPerson, enter, read, refuse_same
from hjemmel.domain.people.actions.points import (
    add_address,
    add_email,
    add_phone,
    change_point,
    remove_point,
)
from hjemmel.domain.people.actions.sealed import (
    remove_bank_account,
    remove_national_id,
    reveal_bank_account,
    reveal_national_id,
    set_bank_account,
    set_national_id,
)

__all__ = [
    "Checked",
    "LikelySame",
    "NewPerson",
    "add_address",
    "add_email",
    "add_phone",
    "change",
    "change_point",
    "end_contact",
    "enter",
    "enter_contact",
    "give_all",
    "read",
    "refuse_same",
    "remove_bank_account",
    "remove_national_id",
    "remove_point",
    "reveal_bank_account",
    "reveal_national_id",
    "review_contact",
    "set_bank_account",
    "set_national_id",
    "unreachable",
]
