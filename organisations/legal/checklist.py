"""The lines of the checklist, in the order in which a host meets them; docs/decisions/0016-legal-helper.md."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from organisations.legal.duties import AT_HOST, EACH, Condition, Duty, Grounds, Phase
from organisations.legal.situation import Coordinator, HostKind, Situation

_SOCIAL = Condition(
    _("If you are a social enterprise or a social insertion enterprise"),
    lambda situation: situation.host == HostKind.SOCIAL,
    lambda situation: not situation.host,
)
_PUBLIC = Condition(
    _("If you are a public institution"),
    lambda situation: situation.host == HostKind.PUBLIC,
    lambda situation: not situation.host,
)
_MINORS = Condition(
    _("If there are minors among the volunteers"),
    lambda situation: situation.minors,
    lambda situation: situation.is_empty,
)
_FOREIGNERS = Condition(
    _("If there are foreign citizens among the volunteers"),
    lambda situation: situation.foreigners,
    lambda situation: situation.is_empty,
)
_VULNERABLE = Condition(
    _("If volunteers are in direct contact with children or vulnerable people"),
    lambda situation: situation.vulnerable,
    lambda situation: situation.is_empty,
)
_EMPLOYEE = Condition(
    _("If the coordinator is an employee"),
    lambda situation: situation.coordinator == Coordinator.EMPLOYEE,
    lambda situation: not situation.coordinator,
)
_VOLUNTEER = Condition(
    _("If the coordinator is a volunteer"),
    lambda situation: situation.coordinator == Coordinator.VOLUNTEER,
    lambda situation: not situation.coordinator,
)

DUTIES = (
    Duty(
        Phase.BEFORE,
        _("Make sure that you may be a host"),
        _(
            "Public institutions, legal persons without a profit purpose and, since 2022, social "
            "enterprises and social insertion enterprises may organise volunteering. Other companies "
            "may not."
        ),
        Grounds.OFFICIAL,
        "Legea nr. 78/2014, art. 1 alin. (1) și art. 3 lit. c), în forma dată de Legea nr. 211/2022, art. I",
    ),
    Duty(
        Phase.BEFORE,
        _("Decide in writing how you work with volunteers"),
        _(
            "Several local councils have adopted rules of their own for volunteering in their "
            "institutions: who answers for it, who signs, how volunteers are chosen."
        ),
        Grounds.ADVICE,
        condition=_PUBLIC,
    ),
    Duty(
        Phase.BEFORE,
        _("Check the volunteer's age"),
        _(
            "A volunteer has the capacity to work: from 16 years, or from 15 with the agreement of "
            "the parents or legal representatives. Younger children cannot sign a volunteering "
            "contract."
        ),
        Grounds.REPORTED,
        "Legea nr. 78/2014, art. 3 lit. e); Codul muncii, art. 13",
        whom=EACH,
    ),
    Duty(
        Phase.BEFORE,
        _("Ask for the parents' agreement in writing"),
        _(
            "At 15, a parent or legal representative agrees in writing and signs beside the "
            "volunteer. Keep the agreement with the contract. From 16 the volunteer signs alone."
        ),
        Grounds.REPORTED,
        "Codul muncii, art. 13 alin. (1) și (2)",
        whom=_("each volunteer of 15"),
        kept=_("the host, with the contract"),
        papers=("contract-de-voluntariat",),
        condition=_MINORS,
    ),
    Duty(
        Phase.BEFORE,
        _("Choose activities that suit a minor"),
        _(
            "Activities fit for their development, skills and knowledge, that endanger neither health"
            " nor schooling. We have not verified which limits of the labour law (dangerous work, "
            "night work, hours) bind volunteers: ask before you begin."
        ),
        Grounds.OPEN,
        "Codul muncii, art. 13 alin. (2)",
        whom=_("each minor volunteer"),
        papers=("fisa-de-protectie",),
        condition=_MINORS,
    ),
    Duty(
        Phase.BEFORE,
        _("Give foreign volunteers a translation too"),
        _(
            "The contract is in Romanian, whoever signs it. Give the volunteer a translation that "
            "they understand, and say that the Romanian text is the one that counts."
        ),
        Grounds.ADVICE,
        "Legea nr. 78/2014, art. 11 alin. (1)",
        whom=_("each foreign volunteer"),
        condition=_FOREIGNERS,
    ),
    Duty(
        Phase.BEFORE,
        _("Check the right to stay"),
        _(
            "Volunteers may be Romanian or foreign. Citizens of states outside the European Union and the European "
            "Economic Area need a visa for volunteering when they stay longer; for it the contract tells the "
            "activity, the supervision and the hours. Ask the General Inspectorate for Immigration."
        ),
        Grounds.REPORTED,
        "Legea nr. 78/2014, art. 3 lit. e)",
        whom=_("each volunteer from outside the European Union"),
        condition=_FOREIGNERS,
    ),
    Duty(
        Phase.BEFORE,
        _("Ask for the certificate of behavioural integrity"),
        _(
            "Whoever works in direct contact with children, older people, people with disabilities or others who are "
            "vulnerable presents it before the contract. The volunteer gets it from the police, as one does the "
            "criminal record; it is valid for 6 months."
        ),
        Grounds.EXTRACT,
        "Legea nr. 118/2019, art. 16 și art. 18 alin. (1)",
        whom=_("each volunteer in such contact"),
        kept=_("the host, with the contract"),
        condition=_VULNERABLE,
    ),
    Duty(
        Phase.BEFORE,
        _("Name a coordinator of volunteers"),
        _(
            "A volunteer or an employee of the host, who coordinates and administers the volunteers' "
            "activity. Volunteers work under their lead."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 3 lit. g) și art. 15 alin. (1) lit. a)",
    ),
    Duty(
        Phase.BEFORE,
        _("Put the coordination into the job description"),
        _(
            "An employee coordinates within their working hours. Write the task and the time for it "
            "into the job description."
        ),
        Grounds.ADVICE,
        condition=_EMPLOYEE,
    ),
    Duty(
        Phase.BEFORE,
        _("Sign a contract with the coordinator too"),
        _(
            "A coordinator who is not employed is a volunteer like the others: contract, both "
            "annexes, a line in the register."
        ),
        Grounds.ADVICE,
        "Legea nr. 78/2014, art. 11",
        papers=("contract-de-voluntariat",),
        condition=_VOLUNTEER,
    ),
    Duty(
        Phase.BEFORE,
        _("Sign the volunteering contract"),
        _(
            "In writing and in Romanian, before the activity begins. It names the parties, the "
            "activities, the time and the period, the rights and duties, what is asked of the "
            "volunteer, and how it can be ended. Without the written form it is not valid."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 11 alin. (1), (3) și (6), art. 12–15",
        whom=EACH,
        kept=_("one copy the host, one copy the volunteer"),
        papers=("contract-de-voluntariat",),
    ),
    Duty(
        Phase.BEFORE,
        _("Annex the volunteering sheet"),
        _(
            "It says what the volunteer does, where, when and with whom. The host drafts it and fits "
            "it to what the volunteer asks for and can do."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 11 alin. (5) și art. 14 lit. b)",
        whom=EACH,
        kept=_("with each copy of the contract"),
        papers=("fisa-de-voluntariat",),
    ),
    Duty(
        Phase.BEFORE,
        _("Annex the protection sheet"),
        _(
            "It says which risks there are, how the volunteer is protected, and what to do when "
            "something happens. The volunteer must follow its instructions."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 11 alin. (5) și art. 13 alin. (1) lit. c)",
        whom=EACH,
        kept=_("with each copy of the contract"),
        papers=("fisa-de-protectie",),
    ),
    Duty(
        Phase.BEFORE,
        _("Enter the contract in the register of volunteers"),
        _(
            "Each contract, before the activity begins. The law that we read does not set the "
            "columns; ours are a proposal."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 11 alin. (4)",
        kept=AT_HOST,
        papers=("registrul-voluntarilor",),
    ),
    Duty(
        Phase.DURING,
        _("Lead and train the volunteers safely"),
        _(
            "The activity goes on under the coordinator, in the legal conditions of safety and health"
            " at work, as the activity demands. Note each training in the protection sheet."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 15 alin. (1) lit. a)",
        who=_("the host organisation, through the coordinator"),
        papers=("fisa-de-protectie",),
    ),
    Duty(
        Phase.DURING,
        _("Keep the register true"),
        _(
            "Note new contracts, endings, hours and certificates when they happen. The certificate "
            "asks for the number of hours."
        ),
        Grounds.ADVICE,
        "Legea nr. 78/2014, art. 11 alin. (4)",
        who=_("the coordinator, for the host"),
        kept=AT_HOST,
        papers=("registrul-voluntarilor",),
    ),
    Duty(
        Phase.DURING,
        _("Protect personal data"),
        _(
            "The volunteer has the right to confidentiality and to the protection of personal data, "
            "and must keep what they learn confidential, for 2 years after the contract too. Write "
            "identity data by hand on the signed papers; do not ask for them by e-mail."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 12 și art. 13 alin. (1) lit. d)",
        who=_("the host organisation and the volunteer"),
    ),
    Duty(
        Phase.DURING,
        _("Agree on expenses and insurance"),
        _(
            "The host may bear expenses such as transport, meals or lodging; that is no pay. We have "
            "not verified when the host must insure volunteers: agree on it in the contract."
        ),
        Grounds.OPEN,
        papers=("contract-de-voluntariat",),
    ),
    Duty(
        Phase.END,
        _("Give the certificate, with the report of activity"),
        _(
            "When the volunteer asks, during the activity or at its end. The certificate names the "
            "host, its legal representative and the coordinator, the volunteer, the numbers and dates"
            " of certificate and contract, the period and the hours, the activities, and what was "
            "learned. The report is its annex."
        ),
        Grounds.REPORTED,
        "Legea nr. 78/2014 (articolul nu a fost verificat)",
        whom=_("each volunteer who asks"),
        kept=_("the original the volunteer, a note in the register"),
        papers=("certificat-de-voluntariat", "raport-de-activitate"),
    ),
    Duty(
        Phase.END,
        _("End the contract as agreed"),
        _(
            "It ends at its term, when the work is done, by agreement, when the host ceases its "
            "activity, by one party's notice, or for breach. We have not verified the notice that the"
            " law asks for: write it into the contract."
        ),
        Grounds.REPORTED,
        "Legea nr. 78/2014, art. 11 alin. (6) lit. f) și art. 21",
        who=_("the host organisation and the volunteer"),
    ),
    Duty(
        Phase.YEARLY,
        _("Send the employment agency a copy of the register"),
        _("Together with the yearly report of activity of the social enterprise."),
        Grounds.OFFICIAL,
        "Legea nr. 219/2015, art. 28¹, introdus de Legea nr. 211/2022, art. II",
        who=_("the social enterprise or social insertion enterprise"),
        papers=("registrul-voluntarilor",),
        condition=_SOCIAL,
    ),
    Duty(
        Phase.YEARLY,
        _("Go through the papers once a year"),
        _(
            "Contracts that ended, trainings that are due, certificates asked for and not given, data"
            " kept longer than needed."
        ),
        Grounds.ADVICE,
    ),
    Duty(
        Phase.AVOID,
        _("A volunteering contract in place of a job"),
        _(
            "It is forbidden to sign one in order to avoid an employment contract or a paid civil "
            "contract; such a contract can be annulled. Volunteering does not replace paid work."
        ),
        Grounds.REPORTED,
        "Legea nr. 78/2014, art. 10 alin. (1) și art. 4 lit. e)",
    ),
    Duty(
        Phase.AVOID,
        _("Pay, in any form"),
        _(
            "Volunteering is unpaid, for the host and for the one who benefits from it. Expenses are "
            "given back against documents."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 3 lit. a) și art. 4 lit. a) și c)",
    ),
    Duty(
        Phase.AVOID,
        _("Beginning before the papers are signed"),
        _(
            "Copy handed over, contract entered in the register, both annexes signed: all of it comes"
            " before the first hour."
        ),
        Grounds.EXTRACT,
        "Legea nr. 78/2014, art. 11 alin. (3)–(5)",
    ),
)


def duties_for(situation: Situation) -> list[Duty]:
    """The lines that concern a host in this situation, and those of which it did not say whether they do."""
    return [
        duty
        for duty in DUTIES
        if duty.condition is None or duty.condition.holds(situation) or duty.condition.is_open(situation)
    ]


def by_phase(duties: Iterable[Duty]) -> list[tuple[Phase, list[Duty]]]:
    """The lines under their phases, in the order of the phases; an empty phase is left out."""
    lines = list(duties)
    groups = [(phase, [duty for duty in lines if duty.phase == phase]) for phase in Phase]
    return [(phase, group) for phase, group in groups if group]
