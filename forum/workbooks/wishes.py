"""Yes and no, and how much, in the words of three languages."""

from __future__ import annotations

from typing import Final

from forum.domain.states import RequestRank
from forum.domain.vocabulary import wording_key

_YES: Final = frozenset(
    {"да", "иә", "ия", "yes", "y", "v", "x", "х", "true", "1", "буду", "участвую", "хочу", "планирую"}
    | {"қатысамын", "барамын", "келемін", "д", "требуется"}
)
_NO: Final = frozenset({"нет", "не", "жоқ", "жок", "no", "not", "n", "false", "0", "н", "without", "без"})
_PERHAPS: Final = frozenset(
    {
        "возможно",
        "может",
        "мүмкін",
        "maybe",
        "perhaps",
        "уточняется",
        "под",
        "уточнить",
        "белгісіз",
        "unknown",
    }
)

_RANKS: Final = {
    **dict.fromkeys(
        (
            "1",
            "высокий",
            "высокая",
            "обязательно",
            "важно",
            "срочно",
            "а",
            "жоғары",
            "міндетті",
            "high",
            "must",
        ),
        RequestRank.MUST,
    ),
    **dict.fromkeys(
        (
            "2",
            "средний",
            "средняя",
            "обычный",
            "желательно",
            "орташа",
            "орта",
            "medium",
            "middle",
            "normal",
            "want",
        ),
        RequestRank.WANT,
    ),
    **dict.fromkeys(
        (
            "3",
            "низкий",
            "низкая",
            "по возможности",
            "если получится",
            "төмен",
            "мүмкіндігінше",
            "low",
            "nice",
        ),
        RequestRank.NICE,
    ),
}


def parse_wish(text: str) -> bool | None:
    """Whether somebody wants to come: ``None`` for «возможно» and for nothing typed.

    Any other words are the name of a place to see, and so a yes.
    """
    typed = text.strip()
    if typed in {"", "?"}:
        return None
    if typed in {"-", "−", "–", "—", "✗"}:
        return False
    first = wording_key(typed).split()[:1]
    if first and first[0] in _NO:
        return False
    return None if first and first[0] in _PERHAPS else True


def is_clear_wish(text: str) -> bool:
    """Whether ``text`` says yes or no, or nothing at all."""
    return not text.strip() or parse_wish(text) is not None


def place_of(text: str) -> str:
    """The place that a wish names: «Есипово», but ``""`` for a plain yes or no."""
    words = wording_key(text).split()
    is_plain = not words or words[0] in _YES | _NO | _PERHAPS
    return "" if is_plain else text.strip()


def parse_rank(text: str) -> RequestRank | None:
    """The rank of a request in words or as 1 to 3; nothing typed is ``WANT``, the unknown ``None``."""
    key = wording_key(text)
    return (
        RequestRank.WANT if not key else _RANKS.get(key.removesuffix(" приоритет").removesuffix(" priority"))
    )
