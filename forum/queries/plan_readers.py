"""Who reads what changes in the meetings of a delegate (they themselves, or their aide) or an interpreter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.models import Account, Delegate, Interpreter
from forum.models.base import db


@dataclass(frozen=True)
class PlanReader:
    """``name`` is the delegate's or interpreter's, ``email`` and ``language`` are the reader's.

    ``delegate_id`` is the delegate, also of an interpreter who is one.
    """

    email: str
    language: str
    name: str
    account_id: int | None
    delegate_id: int | None


def readers_of(delegate_ids: Collection[int]) -> Mapping[int, PlanReader]:
    """By delegate; who has no address and no aide with one is missing."""
    aide = aliased(Delegate)
    rows = db.session.execute(
        select(Delegate, aide)
        .outerjoin(aide, aide.id == Delegate.aide_id)
        .where(Delegate.id.in_(delegate_ids))
    )
    found = {}
    for person, helper in rows:
        reader = helper if helper is not None and helper.email else person
        if reader.email:
            name = f"{person.given_name} {person.family_name}"
            found[person.id] = PlanReader(reader.email, reader.language, name, reader.account_id, person.id)
    return found


def interpreters(interpreter_ids: Collection[int]) -> Mapping[int, PlanReader]:
    """By interpreter, at the account or else as a person of the forum; who has no address is missing."""
    rows = db.session.execute(
        select(Interpreter, Account, Delegate)
        .outerjoin(Account, (Account.id == Interpreter.account_id) & Account.is_active)
        .outerjoin(Delegate, Delegate.id == Interpreter.delegate_id)
        .where(Interpreter.id.in_(interpreter_ids))
        .order_by(Interpreter.id)
    )
    found = {}
    for row, account, person in rows:
        if account is not None:
            found[row.id] = PlanReader(account.email, account.language, row.name, account.id, row.delegate_id)
        elif person is not None and person.email:
            found[row.id] = PlanReader(person.email, person.language, row.name, person.account_id, person.id)
    return found


def of_one_letter(
    delegates: Mapping[int, PlanReader], interpreters: Mapping[int, PlanReader]
) -> Mapping[int, int]:
    """Interpreters (and which delegates they are) who read the letter to the delegate themselves."""
    found = {}
    for key, reader in interpreters.items():
        own = delegates.get(reader.delegate_id) if reader.delegate_id is not None else None
        if own is not None and own.delegate_id is not None and own.email == reader.email:
            found[key] = own.delegate_id
    return found
