"""The delegate's side."""

from forum.web.cabinet import (
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
