"""What was meant where the keyboard was in the other language: «руы» for «hes», «bdfyjd» for «иванов»."""

from __future__ import annotations

from typing import Final

_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_WITH_SHIFT: Final = dict(zip('~{}:"<>', "ёхъжэбю", strict=True))
# A Kazakh keyboard is a Russian one with its own letters in place of the digits.
_KAZAKH_KEYS: Final = dict(zip("2345890-=", "әіңғүұқөһ", strict=True))

_TO_RUSSIAN: Final = str.maketrans(dict(zip(_KEYS, _RUSSIAN, strict=True)) | _WITH_SHIFT)
_TO_KAZAKH: Final = _TO_RUSSIAN | str.maketrans(_KAZAKH_KEYS)
_TO_ENGLISH: Final = str.maketrans(_RUSSIAN, _KEYS)


def in_other_layouts(text: str) -> tuple[str, ...]:
    """What the same keys write in the other layouts, in small letters; nothing that is ``text`` itself."""
    typed = text.casefold()
    meant = (typed.translate(each) for each in (_TO_RUSSIAN, _TO_KAZAKH, _TO_ENGLISH))
    return tuple(other for other in dict.fromkeys(meant) if other != typed)
