"""The delegate's side."""

from forum.web.cabinet import (
    agendas,
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
    visits,
    whose,
)
from forum.web.cabinet.blueprint import blueprint

__all__ = [
    "agendas",
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
    "visits",
    "whose",
]
