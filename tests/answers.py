"""What every address answers to everybody: the table behind tests/test_access.py."""

from core.accounts.choices import STAFF_ROLES, Role
from promotori.public_addresses import PUBLIC_ADDRESSES

VISITOR = "visitor"
# Pages of a person's registration, by a signed token.
OF_A_REGISTRATION = (
    "own",
    "confirm",
    "change",
    "cancel",
    "again",
    "calendar",
    "check_in_own",
    "own_questions",
)
# By the signed address of an invitation; of one's own registration, afterwards.
INVITED = ("invited", "invited_register", "feedback", "recording", "own_material")
AT_THE_DOOR = ("check_in", "newcomer")
ON_THE_DAY = ("presence", "team_questions", "add_person", "report", "report_people")
# What an address answers to whoever may come in, where that is not 200. A form that is sent empty comes back with what
# is wrong (200, 422) and a page that takes no form refuses the method (405).
FORMS = {"pages:accessibility": 422, "pages:contact": 422, "organisations:report": 422}
SENT_EMPTY = {
    **{f"meetings:{page}": {404} for page in INVITED},
    # Ways into an account come back with their faults; who is in is sent on.
    "account_login": {200, 302},
    "account_signup": {302, 422},
    "account_inactive": {200, 405},
    "account_email_verification_sent": {200, 302},
    "account_reset_password": {422},
    "account_reset_password_done": {200, 405},
    "account_reset_password_from_key": {200, 302},
    "account_reset_password_from_key_done": {200, 405},
    "mfa_authenticate": {302},
    "mfa_login_webauthn": {302},
    # There is no provider here.
    "openid_connect_login": {404},
    "socialaccount_signup": {302},
    # An invented token.
    "messaging:stop": {404},
    # Whoever is in and is no staff is refused there, not sent round in circles.
    "admin:login": {302, 403},
    "organisations:invitation": {404},
    # The meeting has been held.
    "videoconferences:register": {409},
    "programmes:closing_register": {409},
    # Invented tokens.
    **{f"meetings:{page}": {404} for page in (*OF_A_REGISTRATION, *AT_THE_DOOR)},
}
ASKED = {
    **{f"meetings:{page}": {404} for page in INVITED},
    "account_login": {200, 302},
    "account_signup": {200, 302},
    "account_logout": {200, 302},
    "account_reset_password": {200, 302},
    "account_email_verification_sent": {200, 302},
    "mfa_authenticate": {302},
    "mfa_login_webauthn": {302},
    "openid_connect_login": {404},
    "openid_connect_callback": {404},
    "socialaccount_signup": {302},
    # Whoever is in and is no staff is refused there, not sent round in circles.
    "admin:login": {302, 403},
    # An invented token.
    "pages:receipt": {404},
    "messaging:stop": {404},
    "organisations:report_receipt": {404},
    # The organisation has none.
    "organisations:logo": {404},
    "organisations:invitation": {404},
    **{f"meetings:{page}": {404} for page in (*OF_A_REGISTRATION, *AT_THE_DOOR)},
    "meetings:receipt": {404},
}
# An organisation's own pages: what they answer to a manager and to a member, asked and sent an empty form. Nobody else
# finds them.
_READ = ((200, 405), (200, 405))
_SHARED_FORM = ((200, 422), (200, 422))
OWN = {
    "organisations:own": _READ,
    "organisations:own_profile": _READ,
    "organisations:own_section": _SHARED_FORM,
    "organisations:own_logo": _SHARED_FORM,
    "organisations:own_logo_file": ((404, 405), (404, 405)),
    "organisations:own_identity": ((200, 422), (403, 403)),
    "organisations:own_identity_withdraw": ((405, 302), (405, 403)),
    # Listed already.
    "organisations:own_enrol": ((405, 302), (405, 403)),
    "organisations:own_people": _READ,
    "organisations:own_invite": ((200, 422), (403, 403)),
    "organisations:own_invitation": ((405, 404), (405, 403)),
    "organisations:own_person": ((404, 404), (403, 403)),
    "organisations:own_leave": ((200, 302), (200, 302)),
    "organisations:own_figures": _READ,
    "organisations:own_figures_year": ((200, 302), (200, 302)),
    "organisations:own_confirm": ((200, 302), (403, 403)),
    "organisations:own_history": _READ,
}
# Addresses that exist for some roles only; for anybody else who is signed in there is nothing there.
COVERAGE = {"programmes:structure_coverage": {Role.STRUCTURE_REPRESENTATIVE, *STAFF_ROLES}}
# The team of a gathering: the editorial roles and the people of its co-organisers. What a page answers to them, asked
# and sent an empty form; the gathering was held. Pages of planning that only staff have, and what promoters see too.
EDITORIAL = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR}
OF_ORGANISATIONS = {Role.ORGANISATION_MANAGER, Role.ORGANISATION_MEMBER}
TEAM = {
    "meetings:team": ({302}, {405}),
    "meetings:registrants": ({200}, {405}),
    "meetings:registrants_file": ({405}, {404}),
    "meetings:plan": ({200}, {422}),
    "meetings:step": ({200}, {422}),
    "meetings:write": ({200}, {422}),
    "meetings:afterwards": ({200}, {422}),
    "meetings:team_material": ({200}, {405}),
    "meetings:presence": ({200}, {302}),
    "meetings:add_person": ({200}, {422}),
    "meetings:report": ({200}, {422}),
    "meetings:report_people": ({200}, {405}),
    "meetings:team_questions": ({200}, {405}),
    "meetings:question_step": ({405}, {404}),
    # Nobody of another gathering.
    "meetings:tick": ({405}, {404}),
    "meetings:decide_line": ({405}, {404}),
    "meetings:register_line": ({404}, {404}),
    "videoconferences:plan": ({200}, {405}),
    "videoconferences:team": ({200}, {405}),
    # Somebody saved meanwhile, or nothing differs.
    "videoconferences:plan_section": ({200}, {302, 409}),
    "videoconferences:plan_copy": ({200}, {422}),
    "videoconferences:plan_series": ({200}, {422}),
    "videoconferences:conclusions_writing": ({200}, {422}),
    "videoconferences:figures": ({200}, {405}),
}
# Representatives of a structure find these too, for their own members.
INVITING = {
    # It was held, so nobody is invited any more.
    "meetings:invitations": ({200}, {409}),
    "meetings:invitation_reminder": ({200}, {409}),
    "meetings:invitation_addresses": ({200}, {422}),
    # No member of the structures in its counties.
    "meetings:invitation_address": ({404}, {404}),
    "meetings:replies": ({200}, {405}),
    "meetings:replies_file": ({405}, {404}),
}
STAFF_TEAM = {
    "videoconferences:plan_new": ({200}, {422}),
    "videoconferences:edition_figures": ({200}, {405}),
}
READERS = {"videoconferences:conclusion_export": ({200}, {405})}
# The organisation's own proposal on the board of themes, and the order that it gives.
BOARD = {
    "videoconferences:theme_change": ({200}, {422}),
    "videoconferences:theme_withdraw": ({200}, {302}),
    "videoconferences:theme_rank": ({200}, {302}),
}
PROMOTERS = {
    "programmes:promoters_meeting": ({200}, {405}),
    "programmes:promoters_register": ({200}, {409}),
    "programmes:promoters_material": ({200}, {405}),
}
FOR_SOME = {
    **dict.fromkeys(TEAM, EDITORIAL | OF_ORGANISATIONS),
    **dict.fromkeys(INVITING, EDITORIAL | OF_ORGANISATIONS | {Role.STRUCTURE_REPRESENTATIVE}),
    **dict.fromkeys(STAFF_TEAM, EDITORIAL),
    **dict.fromkeys(READERS, EDITORIAL | {Role.AUDITOR}),
    **dict.fromkeys(BOARD, OF_ORGANISATIONS),
    **dict.fromkeys(PROMOTERS, STAFF_ROLES | OF_ORGANISATIONS),
}


def expected(who: str, name: str, method: str) -> set[int]:
    """Statuses that the rules allow; 401 stands for being sent to sign in."""
    if who == VISITOR and name not in PUBLIC_ADDRESSES:
        return {401}
    if name in COVERAGE:
        if who not in {role.value for role in COVERAGE[name]}:
            return {404} if method == "GET" else {404, 405}
        return {200} if method == "GET" else {405}
    if name in FOR_SOME:
        if who not in {role.value for role in FOR_SOME[name]}:
            return {404, 405}
        return {**TEAM, **INVITING, **STAFF_TEAM, **READERS, **BOARD, **PROMOTERS}[name][method == "POST"]
    if name in OWN:
        place = {Role.ORGANISATION_MANAGER: 0, Role.ORGANISATION_MEMBER: 1}.get(Role(who))
        return {404, 405} if place is None else {OWN[name][place][method == "POST"]}
    if name not in PUBLIC_ADDRESSES:
        # One's own account: pages, forms with their faults, and a question for the password before what is delicate.
        return {200, 302, 404, 405} if method == "GET" else {200, 302, 404, 405, 422}
    if method == "GET":
        return ASKED.get(name, {200})
    return SENT_EMPTY.get(name, {FORMS[name]} if name in FORMS else {405})
