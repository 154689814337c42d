"""What organisations' people agree to, with the first words; staff may write later versions in the admin."""

from django.utils.translation import gettext_lazy as _

from core.accounts.purposes import Purpose, register_purpose

# A declaration that a lodged request stands on: the request itself is withdrawn, not the words.
ENROLMENT = register_purpose(
    Purpose(
        key="organisation-enrolment",
        label=_("Enrolment of an organisation"),
        wording=_(
            "I declare that I may act for this organisation and that what I have written is true. I agree that the "
            "General Secretariat of the Government keeps these data in the registry of organisations with volunteer "
            "activity and shows to everybody the data of the organisation, and of contacts and people only those "
            "that I have ticked."
        ),
        withdrawable=False,
    )
)
