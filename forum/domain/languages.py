"""Languages that people speak, by ISO 639-1 code."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.vocabulary import Term, Vocabulary


def _language(code: str, titles: str, wordings: str = "") -> Term:
    """``titles`` in Russian, Kazakh and English; both texts part at the bars."""
    russian, kazakh, english = titles.split("|")
    return Term(code, Localized(ru=russian, kk=kazakh, en=english), tuple(filter(None, wordings.split("|"))))


LANGUAGES_SPOKEN: Final = Vocabulary(
    (
        _language("ru", "русский|орысша|Russian", "рус|русский язык|по-русски|орыс|орыс тілі|rus"),
        _language(
            "kk",
            "казахский|қазақша|Kazakh",
            "каз|казахский язык|по-казахски|қаз|қазақ|қазақ тілі|казакша|казак|kaz|kz|қазақ тілінде|кз",
        ),
        _language(
            "en",
            "английский|ағылшынша|English",
            "англ|английский язык|по-английски|ағылшын|ағылшын тілі|ағыл|агылшынша|eng|инглиш",
        ),
        _language("de", "немецкий|немісше|German", "нем|немецкий язык|неміс|неміс тілі|deutsch|ger"),
        _language("fr", "французский|французша|French", "фр|франц|французский язык|француз тілі|fra"),
        _language("es", "испанский|испанша|Spanish", "исп|испанский язык|испан тілі"),
        _language("it", "итальянский|итальянша|Italian", "ит|итал|итальянский язык|итальян тілі"),
        _language(
            "zh",
            "китайский|қытайша|Chinese",
            "кит|китайский язык|қытай|қытай тілі|мандаринский|mandarin|cn|путунхуа",
        ),
        _language("ko", "корейский|корейше|Korean", "кор|корейский язык|корей тілі"),
        _language("ja", "японский|жапонша|Japanese", "яп|японский язык|жапон тілі"),
        _language("tr", "турецкий|түрікше|Turkish", "тур|турец|турецкий язык|түрік|түрік тілі"),
        _language("uz", "узбекский|өзбекше|Uzbek", "узб|узбекский язык|өзбек|өзбек тілі"),
        _language("ky", "киргизский|қырғызша|Kyrgyz", "кирг|кыргызский|киргизский язык|қырғыз|қырғыз тілі"),
        _language("tt", "татарский|татарша|Tatar", "тат|татарский язык|татар тілі"),
        _language("uk", "украинский|украинша|Ukrainian", "укр|украинский язык|украин тілі"),
        _language("be", "белорусский|беларусша|Belarusian", "бел|белорусский язык|беларусь тілі"),
        _language("ar", "арабский|арабша|Arabic", "араб|арабский язык|араб тілі"),
        _language("fa", "персидский|парсыша|Persian", "фарси|перс|парсы тілі|farsi"),
        _language("hi", "хинди|хинди тілі|Hindi"),
        _language("ug", "уйгурский|ұйғырша|Uyghur", "уйг|уйгурский язык|ұйғыр тілі"),
    )
)
