"""Legal forms of companies: the dictionary that full and short names are written from."""

from __future__ import annotations

from typing import Final

from forum.domain.legal_form import LegalForm
from forum.domain.legal_forms_of_business import BUSINESS, FOREIGN
from forum.domain.legal_forms_of_institutions import INSTITUTIONS

__all__ = ["FORMS_BY_CODE", "LEGAL_FORMS", "LegalForm"]

# One form in two languages is one entry; forms of two countries stay two even where a language has one
# word for both, because ООО «Прогресс» and ТОО «Прогресс» are two companies. The first entry that
# claims a spelling has it: ЖШС is read as ТОО, LLC as ООО. Abbreviations that are also parts of names
# (ПК, a cooperative or «производственная компания») are no forms here, and neither are words
# without which a name says nothing: Фонд, Союз, Ассоциация.
LEGAL_FORMS: Final = (*BUSINESS, *INSTITUTIONS, *FOREIGN)

FORMS_BY_CODE: Final = {form.code: form for form in LEGAL_FORMS}
