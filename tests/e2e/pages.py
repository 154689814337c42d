"""Public pages that every check of a whole page walks through; each public address is here or among the exempt."""

from django.core.signing import JSONSerializer, Signer, TimestampSigner, b62_encode
from django.utils import timezone

from core.messaging import stopping
from organisations.emails.kinds_of_moderation import DIGEST_CATEGORY
from organisations.views.report import RECEIPT_SALT
from scripts.demo_environment import DEMO_SECRET_KEY
from tests.e2e.samples import REPORT


class _FarAhead(TimestampSigner):
    """Signs on one day of 2100: the same address in every process that collects tests, good at any time before."""

    def timestamp(self) -> str:
        return b62_encode(4_102_444_800)


def _stopping() -> str:
    """An address of a mail, signed by the key of the portal under test."""
    signer = Signer(key=DEMO_SECRET_KEY, salt=stopping.SALT)
    return signer.sign_object([DIGEST_CATEGORY.name, "cititor@exemplu.invalid"])


def _receipt() -> str:
    return _FarAhead(key=DEMO_SECRET_KEY, salt=RECEIPT_SALT).sign_object(REPORT, serializer=JSONSerializer)


# The demo's made-up edition, whose gatherings take registrations.
EXAMPLE = timezone.localdate().year

PAGES = [
    "/",
    "/editii/",
    "/editii/2021/",
    "/editii/2021/calendar/",
    "/editii/2021/eveniment-final/",
    f"/editii/{EXAMPLE}/eveniment-final/inscriere/",
    "/organizatii/",
    "/organizatii/?judet=GJ&domeniu=nimic",
    "/organizatii/?q=nimic-de-felul-acesta",
    "/organizatii/harta/",
    "/organizatii/judet/bv/",
    "/organizatii/judet/bv/brasov/",
    "/organizatii/pro-vobis/",
    "/organizatii/pro-vobis/sesizare/",
    f"/organizatii/sesizare/primita/{_receipt()}/",
    "/organizatii/inscriere/",
    "/ghid-juridic/",
    "/ghid-juridic/?gazda=ong&minori=da",
    "/structuri/",
    "/structuri/acor/",
    "/videoconferinte/",
    "/videoconferinte/?vedere=luna&luna=2021-09",
    "/videoconferinte/2021/1/",
    "/videoconferinte/2021/1/inscriere/",
    f"/videoconferinte/{EXAMPLE}/1/",
    f"/videoconferinte/{EXAMPLE}/1/inscriere/",
    "/videoconferinte/2021/1/concluzii/",
    "/concluzii/",
    "/concluzii/?fel=nevoie&judet=BV",
    "/teme/",
    "/teme/?editia=2021",
    "/anunturi/",
    "/anunturi/proba/",
    "/documente/sinteza-2021/",
    "/cautare/?q=bucovina",
    "/componente/",
    "/accesibilitate/",
    "/confidentialitate/",
    f"/mesaje/oprire/{_stopping()}/",
    "/contact/",
    "/cont/autentificare/",
    "/cont/inregistrare/",
    "/cont/inactiv/",
    "/cont/parola/uitata/",
    "/cont/parola/uitata/trimis/",
    "/cont/parola/noua/1-set/",
    "/cont/parola/noua/gata/",
    "/cont/identitate/renuntat/",
    "/nu-exista/",
]

# Public addresses that no reader sees as a page, or only at the end of a journey.
NO_PAGES = {
    "healthz": "for machines",
    "readyz": "for machines",
    "robots": "for machines",
    "sitemap": "for machines",
    "sitemap_section": "for machines",
    "programmes:announcement_feed": "for feed readers",
    "programmes:document_file": "a file",
    "organisations:logo": "a picture",
    "organisations:invitation": "in test_own_area_journey",
    "organisations:legal_paper_pdf": "a document; tests/organisations/legal",
    "organisations:legal_paper_odt": "a document; tests/organisations/legal",
    "videoconferences:calendar_ics": "for calendar programs; test_calendar_journey",
    "videoconferences:edition_calendar_ics": "for calendar programs; test_calendar_journey",
    "videoconferences:edition_calendar_pdf": "a document; test_calendar_journey",
    "videoconferences:material": "a file",
    "programmes:closing_material": "a file",
    "meetings:receipt": "in test_registration_journey",
    "meetings:own": "by a signed token; in test_registration_journey",
    "meetings:confirm": "a button of meetings:own",
    "meetings:change": "by a signed token; in test_registration_journey",
    "meetings:cancel": "by a signed token; in test_registration_journey",
    "meetings:again": "a button of meetings:own",
    "meetings:check_in": "open on the day alone; tests/meetings/test_check_in.py",
    "meetings:check_in_own": "a button of meetings:own",
    "meetings:own_questions": "by a signed token; tests/meetings/test_check_in.py",
    "meetings:newcomer": "open on the day alone; tests/meetings/test_check_in.py",
    "meetings:invited": "by a signed token; tests/meetings/test_invitations.py",
    "meetings:invited_register": "by a signed token; tests/meetings/test_invitations.py",
    "meetings:feedback": "by a signed token; tests/meetings/test_afterwards.py",
    "meetings:recording": "by a signed token; tests/meetings/test_afterwards.py",
    "meetings:own_material": "a file",
    "meetings:calendar": "for calendar programs; tests/meetings/test_invites.py",
    "pages:receipt": "the end of test_feedback_journey",
    "account_logout": "asks only who is signed in; test_staff_journey",
    "account_email_verification_sent": "the middle of a sign-in",
    "mfa_authenticate": "the middle of a sign-in; test_staff_journey",
    "mfa_login_webauthn": "for the script of passkeys; test_passkey_journey",
    "openid_connect_login": "leads on to the provider; tests/accounts/test_openid.py",
    "openid_connect_callback": "leads back from the provider; tests/accounts/test_openid.py",
    "socialaccount_signup": "the middle of a first sign-in by a provider; tests/accounts/test_openid.py",
    "admin:login": "leads on to the portal's sign-in",
}

# Pages whose forms need a session, and with it the one cookie that the portal has.
WITH_SESSION = ("/cont/",)
