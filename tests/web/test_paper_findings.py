"""Whatever the pre-flight finds can be said to the person who prints."""

from __future__ import annotations

from forum.printing.preflight import CODES
from forum.web.paper_findings import SENTENCES


def test_every_finding_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert sorted(SENTENCES) == sorted(CODES)
