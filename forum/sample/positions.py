"""Positions in Russian, Kazakh and English."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized


def _positions(lines: str) -> tuple[Localized, ...]:
    """Lines of «Russian|Kazakh|English»."""
    return tuple(
        Localized(dict(zip(("ru", "kk", "en"), line.strip().split("|"), strict=True)))
        for line in lines.strip().splitlines()
    )


BUSINESS: Final = _positions("""
    генеральный директор|бас директор|Chief Executive Officer
    директор|директор|Director
    коммерческий директор|коммерциялық директор|Commercial Director
    исполнительный директор|атқарушы директор|Executive Director
    заместитель генерального директора|бас директордың орынбасары|Deputy Chief Executive Officer
    директор по развитию|даму жөніндегі директор|Business Development Director
    директор по производству|өндіріс жөніндегі директор|Production Director
    руководитель отдела экспорта|экспорт бөлімінің басшысы|Head of Export
    начальник отдела закупок|сатып алу бөлімінің бастығы|Head of Procurement
    директор по продажам|сату жөніндегі директор|Sales Director
    главный инженер|бас инженер|Chief Engineer
    главный технолог|бас технолог|Chief Technologist
    финансовый директор|қаржы директоры|Chief Financial Officer
    председатель совета директоров|директорлар кеңесінің төрағасы|Chair of the Board of Directors
    учредитель|құрылтайшы|Founder
    управляющий партнёр|басқарушы серіктес|Managing Partner
    менеджер по внешнеэкономической деятельности|сыртқы экономикалық қызмет менеджері|Foreign Trade Manager
    руководитель проектов|жобалар жетекшісі|Project Manager
    специалист по маркетингу|маркетинг маманы|Marketing Specialist
    советник генерального директора|бас директордың кеңесшісі|Adviser to the Chief Executive Officer
""")
OWNERS: Final = {
    "ip": Localized(ru="индивидуальный предприниматель", kk="жеке кәсіпкер", en="Individual Entrepreneur"),
    "kfh": Localized(ru="глава хозяйства", kk="шаруашылық жетекшісі", en="Head of the Farm"),
}
LONGEST: Final = Localized(
    ru="первый заместитель генерального директора — директор департамента внешнеэкономических связей,"
    " промышленной кооперации и сопровождения инвестиционных проектов",
    kk="бас директордың бірінші орынбасары — сыртқы экономикалық байланыстар, өнеркәсіптік кооперация"
    " және инвестициялық жобаларды сүйемелдеу департаментінің директоры",
    en="First Deputy Chief Executive Officer — Director of the Department of Foreign Economic Relations,"
    " Industrial Cooperation and Investment Project Support",
)
HEADS: Final = {
    "moscow": Localized(
        ru="заместитель председателя Правительства Московской области",
        kk="Мәскеу облысы Үкіметі төрағасының орынбасары",
        en="Deputy Chair of the Government of Moscow Region",
    ),
    "almaty": Localized(
        ru="заместитель акима Алматинской области",
        kk="Алматы облысы әкімінің орынбасары",
        en="Deputy Akim of Almaty Region",
    ),
}
OFFICIALS: Final = _positions("""
    начальник управления промышленности|өнеркәсіп басқармасының бастығы|Head of Industry
    начальник отдела инвестиций|инвестициялар бөлімінің бастығы|Head of Investment
    советник по внешним связям|сыртқы байланыстар жөніндегі кеңесші|Adviser on External Relations
    помощник руководителя|басшының көмекшісі|Assistant to the Head
    главный специалист|бас маман|Chief Specialist
""")
PRESS: Final = _positions("""
    корреспондент|тілші|Correspondent
    фотокорреспондент|фототілші|Photojournalist
    редактор отдела экономики|экономика бөлімінің редакторы|Economics Editor
""")
INTERPRETERS: Final = _positions("""
    переводчик|аудармашы|Interpreter
    переводчик-синхронист|ілеспе аудармашы|Simultaneous Interpreter
""")
STAFF: Final = _positions("""
    координатор деловой программы|іскерлік бағдарлама үйлестірушісі|Business Programme Coordinator
    администратор стойки регистрации|тіркеу үстелінің әкімшісі|Registration Desk Administrator
    сопровождающий автобуса|автобусқа жауапты қызметкер|Bus Leader
    распорядитель зала|зал әкімшісі|Hall Steward
""")

COMPANION: Final = Localized(
    ru="помощник руководителя", kk="басшының көмекшісі", en="assistant to the head of the delegation"
)
