"""The delegate's side."""

from forum.web.cabinet import (
    agendas,
    availability,
    companions,
    company,
    document,
    my_day,
    papers,
    partners,
    privacy,
    profile,
    questions,
    registration,
    request_changes,
    requests,
    visits,
    whose,
    wishes,
)
from forum.web.cabinet.blueprint import blueprint

__all__ = [
    "agendas",
    "availability",
    "blueprint",
    "companions",
    "company",
    "document",
    "my_day",
    "papers",
    "partners",
    "privacy",
    "profile",
    "questions",
    "registration",
    "request_changes",
    "requests",
    "visits",
    "whose",
    "wishes",
]
