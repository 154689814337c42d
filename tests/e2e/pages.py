"""Public pages that every check of a whole page walks through; each public address is here or among the exempt."""

PAGES = [
    "/",
    "/editii/",
    "/editii/2021/",
    "/editii/2021/calendar/",
    "/organizatii/",
    "/organizatii/?judet=GJ&domeniu=nimic",
    "/organizatii/?q=nimic-de-felul-acesta",
    "/organizatii/harta/",
    "/organizatii/judet/bv/",
    "/organizatii/judet/bv/brasov/",
    "/organizatii/pro-vobis/",
    "/structuri/",
    "/structuri/acor/",
    "/videoconferinte/",
    "/videoconferinte/?vedere=luna&luna=2021-09",
    "/videoconferinte/2021/1/",
    "/anunturi/",
    "/anunturi/proba/",
    "/documente/sinteza-2021/",
    "/cautare/?q=bucovina",
    "/componente/",
    "/accesibilitate/",
    "/confidentialitate/",
    "/contact/",
    "/cont/autentificare/",
    "/cont/inregistrare/",
    "/cont/inactiv/",
    "/cont/parola/uitata/",
    "/cont/parola/uitata/trimis/",
    "/cont/parola/noua/1-set/",
    "/cont/parola/noua/gata/",
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
    "videoconferences:calendar_ics": "for calendar programs; test_calendar_journey",
    "videoconferences:edition_calendar_ics": "for calendar programs; test_calendar_journey",
    "videoconferences:edition_calendar_pdf": "a document; test_calendar_journey",
    "videoconferences:material": "a file",
    "pages:receipt": "the end of test_feedback_journey",
    "account_logout": "asks only who is signed in; test_staff_journey",
    "account_email_verification_sent": "the middle of a sign-in",
    "mfa_authenticate": "the middle of a sign-in; test_staff_journey",
    "admin:login": "leads on to the portal's sign-in",
}

# Pages whose forms need a session, and with it the one cookie that the portal has.
WITH_SESSION = ("/cont/",)
