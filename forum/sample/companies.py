"""Invented firms, public bodies and newsrooms of the two regions."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

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
from forum.sample.records import Company
from forum.sample.trades import TRADES, Trade


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
    sides = {delegation: _candidates(random, delegation) for delegation in (MOSCOW, ALMATY)}
    found: list[Company] = []
    while len(found) < count:
        delegation = (MOSCOW, ALMATY)[len(found) % 2]
        name, trade = next(sides[delegation])
        if name.identity_key not in known:
            known.add(name.identity_key)
            found.append(_firm(random, len(found) + 1, delegation, name, trade))
    return tuple(found)


def _candidates(random: Random, delegation: str) -> Iterator[tuple[CompanyName, Trade]]:
    """First the names that try every layout, then ordinary ones without end."""
    for form, pattern in LONG[delegation]:
        trade = _trade(random)
        word = random.choice(WORDS[_tongue(delegation)])
        yield CompanyName(form, pattern.format(word=word, root=random.choice(trade.roots["ru"]))), trade
    while True:
        trade = _trade(random)
        yield _ordinary(random, delegation, trade), trade


def _ordinary(random: Random, delegation: str, trade: Trade) -> CompanyName:
    forms = FORMS[delegation]
    form = random.choices([code for code, _ in forms], [share for _, share in forms])[0]
    if form == "ip":
        return CompanyName(form, (moscow_name if delegation == MOSCOW else almaty_name)(random).name.full)
    tongue = _tongue(delegation)
    word, root = random.choice(WORDS[tongue]), random.choice(trade.roots[tongue])
    chance = random.random()
    if chance < 0.3:
        return CompanyName(form, f"{word}{random.choice(ENDINGS)}")
    if chance < 0.8:
        return CompanyName(form, f"{word}-{root}" if tongue == "ru" else f"{word} {root}")
    return CompanyName(form, f"{root}-{word}{random.choice(ENDINGS)}")


def _tongue(delegation: str) -> str:
    return "ru" if delegation == MOSCOW else "kk"


def _trade(random: Random) -> Trade:
    return random.choices(TRADES, [trade.share for trade in TRADES])[0]


def _firm(random: Random, number: int, delegation: str, name: CompanyName, trade: Trade) -> Company:
    tongue = "kk" if delegation == ALMATY and random.random() < 0.5 else "ru"
    second = _trade(random).sector
    sectors = {trade.sector, second} if random.random() < 0.25 else {trade.sector}
    return Company(
        number,
        delegation,
        name,
        None,
        random.choice(TOWNS[delegation]),
        REGIONS[delegation],
        tuple(sorted(sectors)),
        _said(random, trade.offers[tongue]),
        _said(random, trade.seeks[tongue]),
    )


def _said(random: Random, texts: tuple[str, ...]) -> str | None:
    """One text or two; every fifteenth firm says nothing."""
    if random.random() < 1 / 15:
        return None
    return "; ".join(random.sample(texts, min(len(texts), random.choice((1, 1, 2)))))
