"""What participants agree to, with the first words; staff may write later versions in the admin."""

from django.utils.translation import gettext_lazy as _

from core.accounts.models import Consent
from core.accounts.purposes import Purpose, register_purpose


def end_registration(consent: Consent) -> None:
    """Before the gathering the person withdraws; after it only the figure stays, without name and address."""
    # The services ask for the words of this purpose.
    from core.workflow import TransitionRefusedError
    from meetings.models import Registration
    from meetings.services.forgetting import forget_registration
    from meetings.services.registration import withdraw

    registration = Registration.objects.select_related("meeting").filter(pk=consent.object_id or 0).first()
    if registration is None:
        return
    try:
        withdraw(registration=registration)
    except TransitionRefusedError:
        forget_registration(registration=registration)


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
        on_withdrawal=end_registration,
    )
)
