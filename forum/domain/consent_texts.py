"""What each consent says, version by version. A version that somebody agreed to is never reworded.

Every line of a text answers one question: who, what, what for, until when, how to take it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forum.domain.localized import Localized

LABELS: Final[Mapping[str, Localized]] = {
    "processing": Localized(
        ru="Я согласен (согласна) на обработку моих данных для участия в форуме",
        kk="Форумға қатысуым үшін деректерімнің өңделуіне келісемін",
        en="I agree that my data is processed so that I can take part in the forum",
    ),
    "transfer": Localized(
        ru="Я согласен (согласна) на передачу моих данных организаторам другой стороны форума",
        kk="Деректерімнің форумның екінші тарапының ұйымдастырушыларына берілуіне келісемін",
        en="I agree that my data is passed to the organisers of the forum’s other side",
    ),
    "catalogue": Localized(
        ru="Покажите меня в каталоге участников",
        kk="Мені қатысушылар каталогында көрсетіңіздер",
        en="Show me in the catalogue of participants",
    ),
    "photography": Localized(
        ru="Я согласен (согласна) на съёмку и публикацию снимков",
        kk="Суретке түсіруге және суреттердің жариялануына келісемін",
        en="I agree to being photographed and to the pictures being published",
    ),
    "news": Localized(
        ru="Сообщайте мне о следующих форумах",
        kk="Маған келесі форумдар туралы хабарлап тұрыңыздар",
        en="Tell me about the next forums",
    ),
}

TEXTS: Final[Mapping[str, Mapping[str, Localized]]] = {
    "processing": {
        "2026-11": Localized(
            ru="""\
Кому: организаторам этого форума. Их адрес и телефон указаны на странице форума.
Какие данные: всё, что вы пишете в заявке и в личном кабинете, – имя, организация, должность, способы \
связи, фотография, время приезда, питание, ответы на вопросы форума, – а также то, что возникает во \
время форума: встречи, места в поездках, отметки о прибытии и письма вам. Документ, удостоверяющий \
личность, спрашивают только у тех, кто едет на объект, где этого требует пропускной режим.
Для чего: рассмотреть заявку, составить расписание встреч, напечатать бейдж, заказать транспорт и \
питание, провести вас на площадку и сообщить, если что-то изменилось.
До какого времени: у каждой группы данных свой срок. Даты указаны на странице «Конфиденциальность» \
форума; после них данные удаляются, остаются только общие числа без имён.
Как отозвать: в личном кабинете на странице «Конфиденциальность» или письмом организаторам. Без этого \
согласия участвовать в форуме нельзя, поэтому вместе с ним отзывается и заявка.""",
            kk="""\
Кімге: осы форумның ұйымдастырушыларына. Олардың мекенжайы мен телефоны форум бетінде көрсетілген.
Қандай деректер: өтінімде және жеке кабинетте жазғаныңыздың бәрі – аты-жөніңіз, ұйымыңыз, лауазымыңыз, \
байланыс деректеріңіз, фотосуретіңіз, келу уақытыңыз, тамақтануыңыз, форум сұрақтарына жауаптарыңыз, – \
сондай-ақ форум барысында пайда болатын деректер: кездесулер, сапарлардағы орындар, келгеніңіз туралы \
белгілер және сізге жіберілген хаттар. Жеке басты куәландыратын құжат тек өткізу тәртібі оны талап \
ететін нысанға баратындардан сұралады.
Не үшін: өтінімді қарау, кездесулер кестесін құру, бейдж басып шығару, көлік пен тамаққа тапсырыс беру, \
сізді алаңға өткізу және бірдеңе өзгерсе хабарлау үшін.
Қашанға дейін: деректердің әр тобының өз мерзімі бар. Күндері форумның «Құпиялылық» бетінде көрсетілген; \
мерзімі өткен соң деректер өшіріледі, тек аты-жөнсіз жалпы сандар қалады.
Қалай қайтарып алуға болады: жеке кабинеттегі «Құпиялылық» бетінде немесе ұйымдастырушыларға хат жазып. \
Бұл келісімсіз форумға қатысу мүмкін емес, сондықтан онымен бірге өтінім де қайтарып алынады.""",
            en="""\
Who: the organisers of this forum. Their address and telephone are on the forum’s page.
Which data: everything you write in the registration and in your cabinet – name, company, position, \
contacts, photo, arrival, meals, answers to the forum’s questions – and what comes about during the \
forum: meetings, seats in visits, arrivals and letters to you. An identity document is asked only from \
those who go to a site whose gate demands it.
What for: to consider the registration, to arrange meetings, to print your badge, to order transport and \
meals, to let you in, and to tell you when something changes.
Until when: every group of data has its own term. The days are on the forum’s page “Privacy”; after them \
the data is erased, and only totals without names remain.
How to take it back: in your cabinet on the page “Privacy”, or by a letter to the organisers. Nobody can \
take part without this consent, so your registration is withdrawn with it.""",
        )
    },
    "transfer": {
        "2026-11": Localized(
            ru="""\
Кому: организаторам другой стороны форума. Форум готовят вместе две стороны, российская и казахстанская, \
поэтому данные передаются из одной страны в другую.
Какие данные: имя, организация, должность, способы связи, фотография, время приезда, питание, встречи и \
места в поездках. Данные документа получает только тот, кто оформляет пропуск на объект.
Для чего: списки делегаций, бейджи, встречи и пропуска стороны готовят сообща.
До какого времени: до тех же дат, что указаны на странице «Конфиденциальность» форума.
Как отозвать: в личном кабинете на странице «Конфиденциальность» или письмом организаторам. Без этой \
передачи участвовать в форуме двух стран нельзя, поэтому вместе с согласием отзывается и заявка.""",
            kk="""\
Кімге: форумның екінші тарапының ұйымдастырушыларына. Форумды екі тарап – Ресей мен Қазақстан – бірге \
дайындайды, сондықтан деректер бір елден екінші елге беріледі.
Қандай деректер: аты-жөніңіз, ұйымыңыз, лауазымыңыз, байланыс деректеріңіз, фотосуретіңіз, келу \
уақытыңыз, тамақтануыңыз, кездесулеріңіз және сапарлардағы орындарыңыз. Құжат деректерін тек нысанға \
өткізу рұқсатын ресімдейтін адам алады.
Не үшін: делегация тізімдерін, бейдждерді, кездесулер мен өткізу рұқсаттарын тараптар бірлесіп \
дайындайды.
Қашанға дейін: форумның «Құпиялылық» бетінде көрсетілген сол күндерге дейін.
Қалай қайтарып алуға болады: жеке кабинеттегі «Құпиялылық» бетінде немесе ұйымдастырушыларға хат жазып. \
Деректер берілмесе, екі елдің форумына қатысу мүмкін емес, сондықтан келісіммен бірге өтінім де қайтарып \
алынады.""",
            en="""\
Who: the organisers of the forum’s other side. Two sides, the Russian and the Kazakh one, prepare the \
forum together, so the data goes from one country to the other.
Which data: name, company, position, contacts, photo, arrival, meals, meetings and seats in visits. The \
data of a document goes only to whoever arranges the pass to a site.
What for: the sides prepare lists of delegations, badges, meetings and passes together.
Until when: until the same days that are on the forum’s page “Privacy”.
How to take it back: in your cabinet on the page “Privacy”, or by a letter to the organisers. Nobody can \
take part in a forum of two countries without it, so your registration is withdrawn with it.""",
        )
    },
    "catalogue": {
        "2026-11": Localized(
            ru="""\
Кому: тем, кого вы выберете, – участникам форума или всем, кто откроет каталог.
Какие данные: имя, фотография, организация, должность, регион, языки и то, что вы предлагаете и ищете. \
Телефон, адрес почты и документы в каталог не попадают.
Для чего: чтобы участники могли найти вас и попросить о встрече.
До какого времени: пока форум не закончится и не пройдёт срок, указанный на странице \
«Конфиденциальность» форума.
Как отозвать: в личном кабинете на странице «Конфиденциальность». Вы сразу исчезнете из каталога, \
участие и назначенные встречи останутся.""",
            kk="""\
Кімге: өзіңіз таңдайтындарға – форум қатысушыларына немесе каталогты ашатындардың бәріне.
Қандай деректер: аты-жөніңіз, фотосуретіңіз, ұйымыңыз, лауазымыңыз, өңіріңіз, тілдеріңіз, не \
ұсынатыныңыз және не іздейтініңіз. Телефон, пошта мекенжайы мен құжаттар каталогқа түспейді.
Не үшін: қатысушылар сізді тауып, кездесу сұрай алуы үшін.
Қашанға дейін: форум аяқталып, форумның «Құпиялылық» бетінде көрсетілген мерзім өткенше.
Қалай қайтарып алуға болады: жеке кабинеттегі «Құпиялылық» бетінде. Сіз каталогтан бірден алынасыз, ал \
қатысуыңыз бен белгіленген кездесулеріңіз сақталады.""",
            en="""\
Who: those whom you choose – participants of the forum, or everybody who opens the catalogue.
Which data: name, photo, company, position, region, languages, and what you offer and seek. Telephone, \
e-mail address and documents never get into the catalogue.
What for: so that participants can find you and ask for a meeting.
Until when: until the forum is over and the term on the forum’s page “Privacy” has passed.
How to take it back: in your cabinet on the page “Privacy”. You leave the catalogue at once; you still \
take part, and your meetings stay.""",
        )
    },
    "photography": {
        "2026-11": Localized(
            ru="""\
Кому: организаторам форума и тем, кто увидит их публикации.
Какие данные: ваше изображение на фотографиях и видео с форума.
Для чего: рассказать о форуме на страницах организаторов и в печати.
До какого времени: пока публикация не снята. Отзыв действует на новые публикации, уже вышедшие \
организаторы снимают по вашей просьбе там, где это в их силах.
Как отозвать: в личном кабинете на странице «Конфиденциальность» или письмом организаторам. На участие \
это не влияет.""",
            kk="""\
Кімге: форум ұйымдастырушыларына және олардың жарияланымдарын көретіндерге.
Қандай деректер: форумдағы фотосуреттер мен бейнежазбалардағы бейнеңіз.
Не үшін: ұйымдастырушылардың беттерінде және баспасөзде форум туралы айту үшін.
Қашанға дейін: жарияланым алынғанша. Келісімді қайтарып алу жаңа жарияланымдарға қолданылады, ал шығып \
қойғандарын ұйымдастырушылар өтінішіңіз бойынша, қолдарынан келетін жерде алып тастайды.
Қалай қайтарып алуға болады: жеке кабинеттегі «Құпиялылық» бетінде немесе ұйымдастырушыларға хат жазып. \
Бұл қатысуыңызға әсер етпейді.""",
            en="""\
Who: the organisers of the forum and those who see what they publish.
Which data: your likeness in photographs and films of the forum.
What for: to tell of the forum on the organisers’ pages and in the press.
Until when: until the publication is taken down. Taking the consent back holds for new publications; the \
organisers take down earlier ones at your request where that is in their power.
How to take it back: in your cabinet on the page “Privacy”, or by a letter to the organisers. You still \
take part.""",
        )
    },
    "news": {
        "2026-11": Localized(
            ru="""\
Кому: организаторам форума.
Какие данные: имя, адрес почты и язык писем.
Для чего: пригласить вас на следующие форумы этих регионов. Ничего другого вам не пришлют.
До какого времени: пока вы не откажетесь или пока не пройдёт срок, указанный на странице \
«Конфиденциальность» форума.
Как отозвать: в личном кабинете на странице «Конфиденциальность» или ответом на письмо. На участие это \
не влияет.""",
            kk="""\
Кімге: форум ұйымдастырушыларына.
Қандай деректер: аты-жөніңіз, пошта мекенжайыңыз және хаттардың тілі.
Не үшін: сізді осы өңірлердің келесі форумдарына шақыру үшін. Сізге басқа ештеңе жіберілмейді.
Қашанға дейін: бас тартқаныңызша немесе форумның «Құпиялылық» бетінде көрсетілген мерзім өткенше.
Қалай қайтарып алуға болады: жеке кабинеттегі «Құпиялылық» бетінде немесе хатқа жауап беріп. Бұл \
қатысуыңызға әсер етпейді.""",
            en="""\
Who: the organisers of the forum.
Which data: name, e-mail address and the language of letters.
What for: to invite you to the next forums of these regions. You will be sent nothing else.
Until when: until you decline, or until the term on the forum’s page “Privacy” has passed.
How to take it back: in your cabinet on the page “Privacy”, or by answering the letter. You still take \
part.""",
        )
    },
}
