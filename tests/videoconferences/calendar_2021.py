"""The official calendar of edition II (2021), typed in as its document has it; a fixed input for PDF tests.

Source: Secretariatul General al Guvernului, "Calendarul activităților", ediția a II-a, 2021.
"""

from datetime import UTC, date, datetime

from videoconferences.calendar import CalendarActivity, CalendarClosing, CalendarDocument, CalendarRow

BI, NE, SV, NV = "București-Ilfov", "Nord-Est", "Sud-Vest Oltenia", "Nord-Vest"
CE, VE, SE = "Centru", "Vest", "Sud-Est"
HABITAT = "Habitat for Humanity"
AMPTO = "Asociația Militarilor Participanți în Teatrele de Operații – AMPTO"
FSC = "Centrul de Voluntariat FSC"
APC = "Asociația pentru Protecția Consumatorilor Botoșani"
SALVARE = "Asociația Societatea de Salvare București"
ACCES = "Asociația de Consultanță și Consiliere Economico-Socială Oltenia (A.C.C.E.S Oltenia)"
GORJ = "Asociația Centrul Român pentru Comunicare Filiala Gorj"
BUCOVINA = "Asociația Institutul pentru Parteneriat Social Bucovina – Institutul Bucovina"
VOBIS = "Pro Vobis – Centrul Național de Resurse pentru Voluntariat"
CLUJ = "Centrul de Voluntariat Cluj-Napoca"
BETHANY = "Fundația Serviciilor Sociale Bethany"
CREFOP = "Fundația Centrul de Resurse pentru Educație și Formare Profesională – CREFOP"
UNSR = "Uniunea Națională a Studenților din România"
FREAMAT = "Freamăt de Speranță"
VIATA = "Asociația Voluntariat pentru Viață"
CNRDC = "Comitetul Național Român pentru Drepturile Copilului – Filiala Constanța"
KOGAYON = "Asociația Kogayon"
SCHEDULE = (
    (date(2021, 4, 28), (BI, NE), (HABITAT, AMPTO, "Forumul Tinerilor din România", FSC, APC, SALVARE)),
    (date(2021, 5, 12), (SV, NE), (ACCES, GORJ, BUCOVINA)),
    (date(2021, 5, 27), (NV, CE), (VOBIS, CLUJ)),
    (date(2021, 6, 11), (VE, NE), (SALVARE, BETHANY)),
    (date(2021, 6, 25), (BI,), (CREFOP, UNSR, HABITAT)),
    (date(2021, 7, 15), (NE,), (BUCOVINA, FSC, FREAMAT)),
    (date(2021, 7, 27), (SE, SV), (VIATA, AMPTO, CNRDC, KOGAYON, ACCES)),
    (date(2021, 9, 8), (VE, CE, NE), (VOBIS, APC, FREAMAT, FSC, BUCOVINA, BETHANY)),
    (date(2021, 9, 22), (SE,), ("Mă bucur de Viață", VIATA)),
    (date(2021, 10, 6), (SV,), (GORJ, KOGAYON, ACCES)),
    (date(2021, 10, 20), (NE, CE), (BUCOVINA, UNSR, "Comunitatea ONedu România – COR")),
    (date(2021, 11, 3), (NV, CE), (CLUJ, VOBIS, FSC)),
    (date(2021, 11, 17), (BI,), (HABITAT, AMPTO, CREFOP)),
)

CALENDAR_2021 = CalendarDocument(
    number=2,
    year=2021,
    permanent_until="noiembrie 2021",
    permanent=(
        CalendarActivity(
            text="realizarea evidenței organizațiilor active din domeniul voluntariatului, la nivelul fiecărui județ",
            due="noiembrie 2021",
        ),
        CalendarActivity(
            text="elaborarea manualului de bune practici privind colaborarea dintre autoritățile publice locale și "
            "mediul asociativ din domeniul voluntariatului – îndrumar pentru autoritățile publice locale și "
            "organizațiile de voluntariat privind specificul și modul de implementare a dispozițiilor legale în "
            "domeniul voluntariatului, cu scopul creșterii gradului de susținere a dezvoltării voluntariatului de "
            "către autoritățile publice locale",
            due="noiembrie 2021",
        ),
    ),
    monthly=(CalendarActivity(text="Videoconferințe regionale"),),
    monthly_intro=(
        "platformă de cunoaștere și dialog pentru identificarea și analizarea necesităților și oportunităților de "
        "colaborare/sprijin reciproc între autoritățile publice și promotori, în vederea desfășurării unor "
        "activități în parteneriat, în domeniul voluntariatului, în beneficiul comunităților locale"
    ),
    videoconferences=tuple(
        CalendarRow(number=number, day=day, regions=regions, co_organisers=names)
        for number, (day, regions, names) in enumerate(SCHEDULE, start=1)
    ),
    participants=(
        "organizații neguvernamentale cu activitate în domeniul voluntariatului derulată la nivel "
        "local/județean/regional",
        "reprezentanți ai structurilor asociative ale autorităților publice locale din România (Uniunea Națională "
        "a Consiliilor Județene din România, Asociația Municipiilor din România, Asociația Orașelor din România "
        "și Asociația Comunelor din România)",
        "reprezentanți ai instituțiilor publice locale",
        "alți actori interesați",
    ),
    central_theme=(
        "optimizarea parteneriatului dintre administrația publică locală și organizațiile neguvernamentale cu "
        "activitate în domeniul voluntariatului"
    ),
    purposes=(
        "identificarea și definirea problemelor comunităților locale",
        "identificarea domeniilor în care există vulnerabilități la nivelul comunităților locale",
        "definirea direcțiilor și acțiunilor concrete prin care organizațiile neguvernamentale pot completa "
        "acțiunile autorităților publice pentru soluționarea problemelor identificate",
        "identificarea resurselor ce pot fi puse în comun pentru îndeplinirea activităților propuse",
        "diseminarea informațiilor privind exemplele de bună practică și multiplicarea lor",
    ),
    other_themes=(
        "educație pentru voluntariat, protecție socială/asistență medicală, instruire/perfecționare în domeniul "
        "voluntariatului pentru persoanele interesate (inclusiv funcționari publici din instituții)",
        "rolul coordonatorului de voluntari, includerea activităților de voluntariat în strategia de dezvoltare "
        "a UAT-urilor",
        "alinierea activităților de voluntariat la Obiectivele de Dezvoltare Durabilă – cunoașterea lor și "
        "propunerea de acțiuni concrete de voluntariat, campanii de comunicare, managementul voluntarilor, "
        "programe de prevenție și răspuns la dezastre naturale precum și programe de advocacy în domeniul "
        "locuirii sociale",
        "nevoia de locuire decentă atât în mediul urban cât și în mediul rural, provocări în ceea ce privește "
        "asigurarea unui necesar de locuințe sociale la nivel local și central, rolul ONG-urilor active în "
        "domeniul locuirii și voluntariatului",
        "centrele de voluntariat la nivelul municipiilor",
        "oportunitatea îmbunătățirii cadrului legal în vigoare aplicabil activităților de voluntariat",
        "teme propuse de organizațiile neguvernamentale",
    ),
    closing=CalendarClosing(
        day=date(2021, 12, 6),
        marks_day=date(2021, 12, 5),
        summary="Eveniment online cu ocazia Zilei Internaționale a Voluntariatului.",
        items=("prezentarea rezultatelor programului", "premierea promotorilor"),
    ),
    changed=datetime(2021, 4, 1, 9, 0, tzinfo=UTC),
)
