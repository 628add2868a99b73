"""``flask token`` and ``flask webhook``: other programs that come in, and that are told."""

from __future__ import annotations

import json
from datetime import datetime

import click
from flask import current_app

from forum.cli.events import event_command, refusable_command
from forum.domain.roles import Role
from forum.policy import SYSTEM
from forum.queries import api_tokens as known_tokens
from forum.queries import webhooks as known
from forum.queries.events import EventView
from forum.services import api_tokens, webhooks
from forum.services.notices import OCCASIONS


@click.group()
def token() -> None:
    """Keys by which other programs read and change a forum."""


@token.command("create")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in api_tokens.ROLES]),
    required=True,
    help="What the program may do.",
)
@click.option("--delegation", "delegation_id", type=int, metavar="NUMBER", help="Whose coordinator it is.")
@click.option("--write", "can_write", is_flag=True, help="Let it change data, not only read.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day from which on it opens nothing.")
@event_command
def create_token(
    event: EventView, name: str, role: str, delegation_id: int | None, can_write: bool, until: datetime | None
) -> None:
    """Let the program NAME in. Its key goes to standard output and is kept nowhere."""
    made = api_tokens.create(
        actor=SYSTEM,
        event_id=event.id,
        name=name,
        role=Role(role),
        can_write=can_write,
        delegation_id=delegation_id,
        expires_at=until.replace(tzinfo=event.zone) if until else None,
    )
    click.echo(f"token {made.id}; the key is shown once:", err=True)
    click.echo(made.secret)


@token.command("list")
@event_command
def list_tokens(event: EventView) -> None:
    """Show every key, without its secret."""
    for row in known_tokens.of_event(event_id=event.id):
        used = f"used {row.last_used_at:%Y-%m-%d %H:%M} UTC" if row.last_used_at else "never used"
        scope = "reads and changes" if row.can_write else "reads"
        state = "" if row.is_valid else "  [closed]"
        click.echo(f"{row.id}  …{row.hint}  {row.name}  {row.role}, {scope}, {used}{state}")


@token.command("revoke")
@click.argument("token_id", type=int)
@event_command
def revoke_token(event: EventView, token_id: int) -> None:
    """Shut the program with the key TOKEN_ID out."""
    api_tokens.revoke(actor=SYSTEM, event_id=event.id, token_id=token_id)
    click.echo("revoked")


@token.command("describe")
@refusable_command
def describe() -> None:
    """Print what programs may ask, as OpenAPI 3.1."""
    click.echo(json.dumps(current_app.extensions["forum_api"].spec.to_dict(), ensure_ascii=False, indent=1))


@click.group()
def webhook() -> None:
    """Addresses that are told when something happens."""


@webhook.command("add")
@click.argument("address")
@click.option(
    "--on",
    "occasions",
    multiple=True,
    type=click.Choice(sorted(OCCASIONS)),
    required=True,
    help="What it is told of; repeat it.",
)
@event_command
def add_webhook(event: EventView, address: str, occasions: tuple[str, ...]) -> None:
    """Tell ADDRESS from now on. The key that signs the notices goes to standard output."""
    made = webhooks.add(actor=SYSTEM, event_id=event.id, address=address, occasions=occasions)
    click.echo(f"webhook {made.id}; the key is shown once:", err=True)
    click.echo(made.secret)


@webhook.command("list")
@event_command
def list_webhooks(event: EventView) -> None:
    """Show every address and how its notices fare."""
    for row in known.of_event(event_id=event.id):
        counts = f"taken {row.delivered}, waiting {row.queued}, failed {row.failed}"
        click.echo(f"{row.id}  {row.address}  {', '.join(row.occasions)}  {counts}")


@webhook.command("notices")
@click.argument("webhook_id", type=int)
@event_command
def list_notices(event: EventView, webhook_id: int) -> None:
    """Show the latest notices to WEBHOOK_ID."""
    if known.find(event_id=event.id, row_id=webhook_id) is not None:
        for row in known.deliveries(webhook_id=webhook_id):
            click.echo(
                f"{row.created_at:%Y-%m-%d %H:%M:%S}  {row.occasion}  {row.status}  "
                f"tries {row.attempts}  {row.answer or '-'}"
            )


@webhook.command("test")
@click.argument("webhook_id", type=int)
@event_command
def test_webhook(event: EventView, webhook_id: int) -> None:
    """Send WEBHOOK_ID a notice that says nothing; the worker delivers it."""
    webhooks.try_out(actor=SYSTEM, event_id=event.id, webhook_id=webhook_id)
    click.echo("in the queue")


@webhook.command("again")
@click.argument("webhook_id", type=int)
@event_command
def send_again(event: EventView, webhook_id: int) -> None:
    """Try everything once more that WEBHOOK_ID did not take."""
    click.echo(f"in the queue: {webhooks.send_again(actor=SYSTEM, event_id=event.id, webhook_id=webhook_id)}")


@webhook.command("remove")
@click.argument("webhook_id", type=int)
@event_command
def remove_webhook(event: EventView, webhook_id: int) -> None:
    """Tell WEBHOOK_ID nothing more."""
    webhooks.remove(actor=SYSTEM, event_id=event.id, webhook_id=webhook_id)
    click.echo("removed")
