"""``flask account``: who can sign in."""

from __future__ import annotations

import sys

import click

from forum.cli.events import refusable_command
from forum.domain.localized import LANGUAGES
from forum.domain.roles import Role
from forum.errors import ForumError
from forum.policy import SYSTEM, RoleGranted
from forum.queries import accounts as known
from forum.queries import events
from forum.services import accounts, sign_ins

_EVENT = click.option(
    "--event", "event_code", metavar="CODE", help="Where it holds; by default in every forum."
)
_DELEGATION = click.option(
    "--delegation", "delegation_id", type=int, metavar="NUMBER", help="Whose coordinator it is."
)
_ROLES = [role.value for role in Role]
_PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking."
)


@click.group()
def account() -> None:
    """Make accounts, list them, and sign them out."""


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(_ROLES), help="What the account may do; repeat it."
)
@_EVENT
@_DELEGATION
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Of the mails and pages for this person.",
)
@click.option("--without-password", is_flag=True, help="Let it in by links only.")
@_PASSWORD
@refusable_command
def create(
    email: str,
    name: str,
    roles: tuple[str, ...],
    event_code: str | None,
    delegation_id: int | None,
    language: str,
    without_password: bool,
    password_stdin: bool,
) -> None:
    """Make an account for EMAIL."""
    account_id = accounts.create(
        actor=SYSTEM,
        email=email,
        name=name,
        password=None if without_password else _password(password_stdin),
        language=language,
        roles=[_role(role, event_code, delegation_id) for role in roles],
    )
    click.echo(f"account {account_id}: {sign_ins.folded(email)}")


@account.command()
@click.argument("email")
@click.argument("role", type=click.Choice(_ROLES))
@_EVENT
@_DELEGATION
@refusable_command
def grant(email: str, role: str, event_code: str | None, delegation_id: int | None) -> None:
    """Give EMAIL the ROLE."""
    is_new = accounts.grant(
        actor=SYSTEM, account_id=_id_of(email), role=_role(role, event_code, delegation_id)
    )
    click.echo("granted" if is_new else "it had this role already")


@account.command()
@click.argument("email")
@click.argument("role", type=click.Choice(_ROLES))
@_EVENT
@_DELEGATION
@refusable_command
def revoke(email: str, role: str, event_code: str | None, delegation_id: int | None) -> None:
    """Take the ROLE from EMAIL."""
    was_held = accounts.revoke(
        actor=SYSTEM, account_id=_id_of(email), role=_role(role, event_code, delegation_id)
    )
    click.echo("taken away" if was_held else "it did not have this role")


@account.command(name="list")
@refusable_command
def list_accounts() -> None:
    """Show every account with its roles."""
    for line in known.all_accounts():
        roles = ", ".join(f"{role} ({code or 'every forum'})" for role, code in line.roles) or "no role"
        state = "" if line.is_active else "  [closed]"
        click.echo(f"{line.email}  {line.name}  {roles}{state}")


@account.command()
@click.argument("email")
@_PASSWORD
@refusable_command
def password(email: str, password_stdin: bool) -> None:
    """Give EMAIL a new password, which signs it out everywhere."""
    accounts.set_password(actor=SYSTEM, account_id=_id_of(email), password=_password(password_stdin))
    click.echo("the password has been changed")


@account.command()
@click.argument("email")
@refusable_command
def end_sign_ins(email: str) -> None:
    """Sign EMAIL out everywhere."""
    count = sign_ins.end_all(actor=SYSTEM, account_id=_id_of(email))
    click.echo(f"sign-ins ended: {count}")


def _role(role: str, event_code: str | None, delegation_id: int | None) -> RoleGranted:
    event_id = events.chosen(event_code).id if event_code else None
    return RoleGranted(Role(role), event_id, delegation_id if role == Role.COORDINATOR else None)


def _id_of(email: str) -> int:
    account_id = known.id_of(sign_ins.folded(email))
    if account_id is None:
        raise ForumError("no_such_account", email=email)
    return account_id


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer
