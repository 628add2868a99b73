"""Acts of erasure on paper."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from forum.domain.localized import LANGUAGES
from forum.domain.retention import FOLLOWS, Group
from forum.printing.act_labels import act_labels
from forum.printing.acts import ErasureAct, act_pdf
from tests.printing.papers import page_texts

ACT = ErasureAct(
    language="kk",
    event_title="Мәскеу облысы мен Алматы облысының бизнес-форумы",
    dates="2026 ж. 2–3 желтоқсан",
    place="Красногорск",
    number=7,
    drawn_up_label="2026 ж. 5 желтоқсан, 12:00",
    person="412",
    asked_label="2026 ж. 5 желтоқсан",
    groups=tuple((group.value, 3) for group in Group if group not in FOLLOWS),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_word_in_every_language(language: str) -> None:
    assert set(act_labels(language).groups) == {group.value for group in Group} - {
        group.value for group in FOLLOWS
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_with_every_group_is_one_tagged_page(language: str) -> None:
    pdf = act_pdf(replace(ACT, language=language))
    (said,) = page_texts(pdf)
    assert act_labels(language).title.format(number=7) in said
    assert act_labels(language).one.format(number=412) in said
    assert f"{act_labels(language).total} {3 * len(ACT.groups)}" in said
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert (str(opened.Root.Lang), bool(opened.Root.MarkInfo.Marked)) == (language, True)


def test_an_act_after_a_term_names_no_number() -> None:
    said = page_texts(act_pdf(replace(ACT, person="", asked_label="")))[0]
    assert act_labels("kk").many in said
    assert "412" not in said


def test_equal_acts_make_equal_bytes() -> None:
    assert act_pdf(ACT) == act_pdf(ACT)
