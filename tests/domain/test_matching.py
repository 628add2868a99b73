"""Whom somebody might meet: reasons that are true, the same for both, in a fixed order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.domain.matching import SUPPLIES, Party, ReasonKind, matches, party
from forum.domain.sector_words import proposed_sectors
from forum.domain.sectors import SECTORS
from forum.domain.stems import content_words
from forum.sample.trades import TRADES

TEXTS = sorted(
    {
        text
        for trade in TRADES
        for own in (trade.offers, trade.seeks)
        for each in own.values()
        for text in each
    }
)
CODES = [term.code for term in SECTORS]


def _party(number: int, drawn: tuple) -> Party:
    offers, seeks, sectors, languages, side = drawn
    return replace(
        party(number, offers="; ".join(offers), seeks="; ".join(seeks), sectors=sectors),
        offer_sectors=frozenset(proposed_sectors("; ".join(offers))),
        seek_sectors=frozenset(proposed_sectors("; ".join(seeks))),
        languages=tuple(languages),
        side=side,
    )


SOME_TEXTS = st.lists(st.sampled_from(TEXTS), max_size=3)
PARTIES = st.lists(
    st.tuples(
        SOME_TEXTS,
        SOME_TEXTS,
        st.sets(st.sampled_from(CODES), max_size=2),
        st.lists(st.sampled_from(["ru", "kk", "en"]), unique=True),
        st.sampled_from([None, 1, 2]),
    ),
    min_size=2,
    max_size=10,
).map(lambda drawn: [_party(number, each) for number, each in enumerate(drawn)])


@settings(deadline=None, max_examples=100)
@given(PARTIES)
def test_every_reason_is_true(parties: list[Party]) -> None:
    by_id = {each.id: each for each in parties}
    me = parties[0]
    for match in matches(me, parties, limit=100):
        other = by_id[match.id]
        assert match.reasons
        for reason in match.reasons:
            _check(reason, me, other)
        assert match.language is None or (
            match.language in me.languages and match.language in other.languages
        )
        assert match.language is not None or not set(me.languages) & set(other.languages)


def _check(reason, me: Party, other: Party) -> None:
    mine = reason.kind in (ReasonKind.YOU_SEEK_WORDS, ReasonKind.YOU_SEEK_SECTOR, ReasonKind.THEY_SUPPLY)
    seeker, giver = (me, other) if mine else (other, me)
    if reason.kind in (ReasonKind.YOU_SEEK_WORDS, ReasonKind.THEY_SEEK_WORDS):
        assert reason.sought in seeker.seeks
        assert reason.offered in giver.offers
        assert content_words(reason.sought).keys() & content_words(reason.offered).keys()
    elif reason.kind in (ReasonKind.YOU_SEEK_SECTOR, ReasonKind.THEY_SEEK_SECTOR):
        assert reason.sought in seeker.seek_sectors
        assert reason.offered in giver.offer_sectors
    else:
        assert reason.sought in seeker.sectors
        assert reason.offered in giver.sectors
        assert (reason.offered, reason.sought) in SUPPLIES


@settings(deadline=None, max_examples=60)
@given(PARTIES)
def test_both_sides_score_alike_and_the_order_of_the_list_does_not_matter(parties: list[Party]) -> None:
    scores = {(me.id, match.id): match.score for me in parties for match in matches(me, parties, limit=100)}
    assert all(scores.get((other, me)) == score for (me, other), score in scores.items())
    assert matches(parties[0], parties[::-1], limit=3) == matches(parties[0], parties, limit=3)


def test_who_offers_what_one_seeks_comes_before_who_is_merely_in_the_sector() -> None:
    me = party(1, offers="Пищевые продукты", seeks="Упаковочные плёнки", sectors=["food"])
    film = party(2, offers="Плёнки для упаковки; печать", seeks="", sectors=["packaging"])
    kin = party(3, offers="Стрейч", seeks="", sectors=["packaging"])
    none = party(4, offers="Мебель", seeks="Фанера", sectors=["furniture"])
    found = matches(me, [none, kin, film], limit=10)
    assert [match.id for match in found] == [2, 3]
    assert (found[0].reasons[0].kind, found[0].reasons[0].sought, found[0].reasons[0].offered) == (
        ReasonKind.YOU_SEEK_WORDS,
        "Упаковочные плёнки",
        "Плёнки для упаковки",
    )
    assert [reason.kind for reason in found[1].reasons] == [ReasonKind.THEY_SUPPLY]


def test_a_mere_supplier_of_the_other_side_comes_before_who_has_it_at_home() -> None:
    """Unless those at home have so much in common that it would be a pity not to say so."""
    me = replace(party(1, offers="Творог; сыр", seeks="Упаковочные плёнки", sectors=["food"]), side=1)
    across = replace(party(2, offers="Стрейч", seeks="", sectors=["packaging"]), side=2)
    home = replace(party(3, offers="Плёнки для упаковки", seeks=""), side=1)
    kin = replace(party(4, offers="Плёнки для упаковки", seeks="Творог; сыр", sectors=["packaging"]), side=1)
    assert [match.id for match in matches(me, [home, across], limit=9)] == [2, 3]
    assert [match.id for match in matches(me, [across, kin], limit=9)] == [4, 2]


def test_the_other_side_comes_first_and_then_a_common_language() -> None:
    me = replace(party(1, offers="", seeks="Картон"), side=1, languages=("kk", "ru"))
    give = party(0, offers="Картон", seeks="")
    others = [
        replace(give, id=2, side=1, languages=("en",)),
        replace(give, id=3, side=2, languages=("en",)),
        replace(give, id=4, side=2, languages=("ru", "kk")),
    ]
    assert [(match.id, match.language) for match in matches(me, others, limit=9)] == [
        (4, "kk"),
        (3, None),
        (2, None),
    ]


def test_a_common_language_alone_is_no_reason() -> None:
    me = replace(party(1, offers="Мебель", seeks="Фанера"), languages=("ru",))
    assert matches(me, [replace(party(2, offers="Сыр", seeks="Мука"), languages=("ru",))], limit=5) == ()


def test_words_that_say_nothing_bring_nobody_together() -> None:
    me = party(1, offers="", seeks="Поставщики и партнёры в Московской области")
    assert matches(me, [party(2, offers="Поставки в Алматинской области", seeks="")], limit=5) == ()
