"""The command line."""

from __future__ import annotations

import click
from flask import Flask

from forum.cli import (  # these add commands to groups of others
    access_lists,  # noqa: F401
    arranging,  # noqa: F401
    availability,  # noqa: F401
    bus_details,  # noqa: F401
    plan_revisions,  # noqa: F401
    published,  # noqa: F401
    registering,  # noqa: F401
    request_decisions,  # noqa: F401
    seating,  # noqa: F401
    stations,  # noqa: F401
)
from forum.cli.accounts import account
from forum.cli.admissions import admission, capacity
from forum.cli.backups import backup, restore
from forum.cli.badges import badge, photo
from forum.cli.buses import bus
from forum.cli.companies import catalogue, company
from forum.cli.companions import companion
from forum.cli.delegations import delegation
from forum.cli.designs import design
from forum.cli.event import event
from forum.cli.imports import import_workbook
from forum.cli.invitations import invitation
from forum.cli.meetings import meeting, table
from forum.cli.plans import plan
from forum.cli.printing import print_papers
from forum.cli.privacy import consent, document, privacy
from forum.cli.programs import token, webhook
from forum.cli.questions import question
from forum.cli.registrations import registration
from forum.cli.requests import request
from forum.cli.sample import sample
from forum.cli.sites import site
from forum.cli.visits import visit
from forum.cli.worker import worker

COMMANDS: tuple[click.Command, ...] = (
    account,
    admission,
    backup,
    badge,
    bus,
    capacity,
    catalogue,
    companion,
    company,
    delegation,
    consent,
    design,
    document,
    event,
    import_workbook,
    invitation,
    meeting,
    photo,
    plan,
    print_papers,
    question,
    privacy,
    registration,
    request,
    restore,
    sample,
    site,
    table,
    token,
    visit,
    webhook,
    worker,
)


def register_cli(app: Flask) -> None:
    """Give ``flask`` the forum's commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
