"""What participants agree to, with the first words; staff may write later versions in the admin."""

from django.utils.translation import gettext_lazy as _

from core.accounts.purposes import Purpose, register_purpose

REGISTRATION = register_purpose(
    Purpose(
        key="meeting-registration",
        label=_("Registration for a gathering"),
        wording=_(
            "I agree that the General Secretariat of the Government keeps my name, my e-mail address and what I wrote "
            "in this registration, so that I can take part in this gathering, be told of changes and be counted among "
            "its participants. The organisers of the gathering see them, and nobody else. My name and address are "
            "erased at the latest at the end of the second year after the gathering; I can withdraw any time before."
        ),
    )
)
