"""Codes, telephones and addresses, checked by the libraries that know them and refused in words."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _t
from stdnum.exceptions import ValidationError as NumberError
from stdnum.ro import cui as cui_number

from organisations.choices import ContactKind


def normalised_cui(text: str) -> str:
    """The digits of a fiscal code as stored: "RO 185 472 90" is "18547290"; empty stays empty.

    Raises ``ValidationError`` that says whether a digit is mistyped.
    """
    if not text.strip():
        return ""
    try:
        return str(cui_number.validate(text)).upper().removeprefix("RO").lstrip("0")
    except NumberError:
        raise ValidationError(
            _t(
                "This is not a valid CUI: its last digit does not agree with the others. Check it for a typing error."
            )
        ) from None


def checked_contact(kind: str, value: str) -> str:
    """The contact as stored: telephones as +40…, pages with https://. Raises ``ValidationError`` in words."""
    match kind:
        case ContactKind.PHONE:
            try:
                number = phonenumbers.parse(value, "RO")
            except phonenumbers.NumberParseException:
                number = None
            if number is None or not phonenumbers.is_valid_number(number):
                raise ValidationError(
                    _t(
                        "This is not a telephone number that exists. Write it as 021 311 23 45 or +40 21 311 23 45."
                    )
                )
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        case ContactKind.EMAIL:
            try:
                validate_email(value)
            except ValidationError:
                raise ValidationError(
                    _t("This is not an e-mail address. Write it as nume@exemplu.ro.")
                ) from None
            return value.lower()
        case ContactKind.WEBSITE:
            address = value if "://" in value else f"https://{value}"
            try:
                URLValidator(schemes=["http", "https"])(address)
            except ValidationError:
                raise ValidationError(
                    _t("This is not the address of a page. Write it as www.exemplu.ro.")
                ) from None
            return address
    return value
