"""Invented firms, public bodies and newsrooms of the two regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from forum.domain.company_names import CompanyName
from forum.domain.localized import Localized
from forum.sample.company_lists import (
    ALMATY,
    BODIES,
    ENDINGS,
    FORMS,
    LONG,
    MOSCOW,
    PRESS,
    REGIONS,
    TOWNS,
    WORDS,
)
from forum.sample.names import almaty_name, moscow_name
from forum.sample.records import Company, Named
from forum.sample.trades import TRADES, Trade

# A small forum has fewer sectors, else nobody would find a partner in the own one.
_FEWEST_TRADES: Final = 8
_FIRMS_TO_A_TRADE: Final = 40


def bodies(first: int) -> tuple[Company, ...]:
    """Public bodies, numbered from ``first``; the first of each region is its government."""
    return tuple(_titled(number, *body) for number, body in enumerate(BODIES, first))


def newsrooms(first: int) -> tuple[Company, ...]:
    """Newsrooms, numbered from ``first``."""
    return tuple(_titled(number, *newsroom) for number, newsroom in enumerate(PRESS, first))


def _titled(number: int, delegation: str, titles: str, town: str) -> Company:
    russian, kazakh, english = titles.split("|")
    title = Localized(ru=russian, kk=kazakh, en=english)
    return Company(number, delegation, CompanyName(None, russian), title, town, REGIONS[delegation])


def firms(random: Random, count: int) -> tuple[Company, ...]:
    """``count`` firms numbered from 1, half of each region; no two have one identity."""
    known: set[str] = set()
    trades = TRADES[: _FEWEST_TRADES + count // _FIRMS_TO_A_TRADE]
    sides = {delegation: _candidates(random, delegation, trades) for delegation in (MOSCOW, ALMATY)}
    found: list[Company] = []
    while len(found) < count:
        delegation = (MOSCOW, ALMATY)[len(found) % 2]
        draft = next(sides[delegation])
        if draft.name.identity_key not in known:
            known.add(draft.name.identity_key)
            found.append(_firm(random, len(found) + 1, delegation, draft, trades))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Draft:
    name: CompanyName
    trade: Trade
    owner: Named | None = None


def _candidates(random: Random, delegation: str, trades: tuple[Trade, ...]) -> Iterator[_Draft]:
    """First the names that try every layout, then ordinary ones without end."""
    by_sector = {trade.sector: trade for trade in TRADES}
    for form, sector, pattern in LONG[delegation]:
        name = pattern.format(word=random.choice(WORDS[_tongue(delegation)]))
        yield _Draft(CompanyName(form, name), by_sector[sector])
    while True:
        yield _ordinary(random, delegation, _drawn(random, trades))


def _ordinary(random: Random, delegation: str, trade: Trade) -> _Draft:
    form = _form(random, delegation, trade)
    if form == "ip":
        owner = (moscow_name if delegation == MOSCOW else almaty_name)(random)
        return _Draft(CompanyName(form, owner.name.full), trade, owner)
    return _Draft(CompanyName(form, _bare_name(random, _tongue(delegation), trade)), trade)


def _form(random: Random, delegation: str, trade: Trade) -> str:
    """Farms farm; whoever else would be one is an ordinary company."""
    forms = FORMS[delegation]
    form = random.choices([code for code, _ in forms], [share for _, share in forms])[0]
    return forms[0][0] if form == "kfh" and trade.sector != "agriculture" else form


def _bare_name(random: Random, tongue: str, trade: Trade) -> str:
    word, root = random.choice(WORDS[tongue]), random.choice(trade.roots[tongue])
    chance = random.random()
    if chance < 0.3:
        return f"{word}{random.choice(ENDINGS)}"
    if chance < 0.8:
        return f"{word}-{root}" if tongue == "ru" else f"{word} {root}"
    return f"{root}-{word}{random.choice(ENDINGS)}"


def _tongue(delegation: str) -> str:
    return "ru" if delegation == MOSCOW else "kk"


def _drawn(random: Random, trades: tuple[Trade, ...]) -> Trade:
    return random.choices(trades, [trade.share for trade in trades])[0]


def _firm(random: Random, number: int, delegation: str, draft: _Draft, trades: tuple[Trade, ...]) -> Company:
    trade = draft.trade
    tongue = "kk" if delegation == ALMATY and random.random() < 0.5 else "ru"
    second = _drawn(random, trades).sector
    sectors = {trade.sector, second} if random.random() < 0.25 else {trade.sector}
    return Company(
        number,
        delegation,
        draft.name,
        None,
        random.choice(TOWNS[delegation]),
        REGIONS[delegation],
        tuple(sorted(sectors)),
        _said(random, trade.offers[tongue]),
        _said(random, trade.seeks[tongue]),
        draft.owner,
    )


def _said(random: Random, texts: tuple[str, ...]) -> str | None:
    """One text or two; every fifteenth firm says nothing."""
    if random.random() < 1 / 15:
        return None
    return "; ".join(random.sample(texts, min(len(texts), random.choice((1, 1, 2)))))
