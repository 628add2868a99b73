"""Problems and plans as JSON, so that others can use the solver without the app; docs/scheduling.md has it.

The objects of the file are the dataclasses of ``problem`` and ``plan`` under the same names, and what may be
left out there may be left out here. Ids are texts or whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from forum.scheduling.plan import Certificate, Placement, Plan
from forum.scheduling.problem import Problem
from forum.scheduling.well_formed import refuse_doubles

_KINDS: Final[Mapping[Any, tuple[type, ...]]] = {
    Hashable: (str, int),
    str: (str,),
    int: (int,),
    bool: (bool,),
}
_NAMES: Final[Mapping[Any, str]] = {
    Hashable: "a text or a whole number",
    str: "a text",
    int: "a whole number",
    bool: "true or false",
}


class InterchangeError(ValueError):
    """Data that is no problem: a stable ``code`` and what a sentence needs, with ``place`` (people[3].id)."""

    def __init__(self, code: str, place: str, **data: Any) -> None:
        super().__init__(code, place, data)
        self.code = code
        self.data = {"place": place or "the file", **data}


def problem_from(data: Any) -> Problem:
    """The problem in parsed JSON.

    ``InterchangeError`` names the place of what is no such data; ``ProblemError`` says what contradicts
    itself.
    """
    return _instance(Problem, data, "")


def task_from(data: Any) -> tuple[Problem, Plan | None]:
    """The problem in parsed JSON, and the plan that people know already where it has one as ``announced``.

    Of that plan the placements are read; what it names and the problem has no more is cancelled or moved.
    """
    mapping = dict(_mapping(data, ""))
    known = mapping.pop("announced", None)
    announced = None if known is None else _announced(known)
    return problem_from(mapping), announced


def plan_from(data: Any, place: str = "") -> Plan:
    """The plan in parsed JSON; its certificate, which is for reading only, is left out."""
    mapping = _mapping(data, place)
    return _instance(Plan, {name: value for name, value in mapping.items() if name != "certificate"}, place)


def problem_data(problem: Problem) -> dict[str, Any]:
    """What ``problem_from`` reads back; what is as it would be if left out is left out."""
    return _data(problem, fields(problem))


def plan_data(plan: Plan) -> dict[str, Any]:
    """Placements and what is unplaced, as ``plan_from`` reads them back, and how good the plan is."""
    data = {
        "placements": [_data(placement, fields(Placement)) for placement in plan.placements],
        "unplaced": list(plan.unplaced),
    }
    return data | ({"certificate": _certificate_data(plan.certificate)} if plan.certificate else {})


def _announced(data: Any) -> Plan:
    plan = plan_from({"unplaced": [], **_mapping(data, "announced")}, "announced")
    refuse_doubles("announced", (placement.request for placement in plan.placements))
    return plan


def _certificate_data(certificate: Certificate) -> dict[str, Any]:
    numbers = {field.name: getattr(certificate, field.name) for field in fields(Certificate)}
    return {**numbers, "seconds": round(certificate.seconds, 3), "proven": certificate.proven}


def _data(instance: Any, known: Iterable[Field[Any]]) -> dict[str, Any]:
    values = {each.name: (getattr(instance, each.name), each.default) for each in known}
    return {name: _plain(value) for name, (value, default) in values.items() if value != default}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value, key=lambda each: (isinstance(each, str), each))
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _data(value, fields(value)) if hasattr(value, "__dataclass_fields__") else value


def _instance(kind: type[Any], data: Any, place: str) -> Any:
    mapping, known = _mapping(data, place), {each.name: each for each in fields(kind)}
    for name in mapping:
        if name not in known:
            raise InterchangeError("json_unknown_name", place, name=name)
    hints = get_type_hints(kind)
    for name, each in known.items():
        if name not in mapping and each.default is MISSING and each.default_factory is MISSING:
            raise InterchangeError("json_missing", place, name=name)
    return kind(**{name: _value(hints[name], value, _inside(place, name)) for name, value in mapping.items()})


def _value(kind: Any, data: Any, place: str) -> Any:
    if isinstance(kind, UnionType):
        return None if data is None else _value(get_args(kind)[0], data, place)
    if get_origin(kind) in (tuple, frozenset):
        return _collection(get_origin(kind), get_args(kind)[0], data, place)
    if hasattr(kind, "__dataclass_fields__"):
        return _instance(kind, data, place)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(kind, data, place)
    # True is a whole number to Python, but not to anybody else.
    if not isinstance(data, _KINDS[kind]) or isinstance(data, bool) is not (kind is bool):
        raise InterchangeError("json_wrong_kind", place, wanted=_NAMES[kind])
    return data


def _collection(make: Callable[[Iterable[Any]], Any], kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, list):
        raise InterchangeError("json_wrong_kind", place, wanted="a list")
    return make(_value(kind, each, f"{place}[{number}]") for number, each in enumerate(data))


def _member(kind: type[StrEnum], data: Any, place: str) -> StrEnum:
    try:
        return kind(data)
    except ValueError:
        wanted = " or ".join(f"“{each.value}”" for each in kind)
        raise InterchangeError("json_wrong_kind", place, wanted=wanted) from None


def _mapping(data: Any, place: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise InterchangeError("json_wrong_kind", place, wanted="an object")
    return data


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
