"""Folding and ordering of names: one way for Python, the same in PostgreSQL (core migration 0001)."""

import re
import unicodedata

from django.db.models import Func, TextField

# Letters that Unicode does not decompose, as their Latin base; both tables are mirrored in SQL.
_UNDECOMPOSED = str.maketrans("łŁøØđĐðÐıßæÆœŒþÞ", "lLoOdDdDisaAoOtT")
_CEDILLA = str.maketrans("şŞţŢ", "șȘțȚ")
_MARKS = re.compile("[\u0300-\u036f]")
_SILENT = re.compile(r"[.'’`´]")
_OTHER = re.compile(r"[^0-9a-z]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ORDER = str.maketrans({"ă": "a{", "â": "a|", "î": "i{", "ș": "s{", "ț": "t{"})


def normalise(text: str) -> str:
    """The text as it is stored: NFC, Romanian comma letters for cedilla ones, no control or direction marks.

    >>> normalise("Bras\u0327ov")
    'Brașov'
    """
    return _CONTROL.sub("", unicodedata.normalize("NFC", text)).translate(_CEDILLA)


def fold(text: str) -> str:
    """The text as it is searched: lower case, no diacritics, words of a-z and 0-9 parted by one space.

    Every spelling of one Romanian word (comma, cedilla, combining, none) gives the same result; full stops and
    apostrophes vanish so that "A.C.C.E.S" is "acces". Equal to SQL ``core_fold`` for any text without NUL.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_UNDECOMPOSED).lower()
    return _OTHER.sub(" ", _SILENT.sub("", plain)).strip()


def order_key(text: str) -> str:
    """A key whose plain byte order is the Romanian alphabetical order (a ă â … i î … s ș … t ț).

    Letters first, so that case and foreign accents do not matter; equal to SQL ``core_order_key``.
    """
    # Not through normalise(): control marks part words in SQL too.
    lowered = unicodedata.normalize("NFC", text).translate(_CEDILLA).lower().translate(_ORDER)
    plain = _MARKS.sub("", unicodedata.normalize("NFD", lowered)).translate(_UNDECOMPOSED)
    return re.sub(r"[^0-9a-z{|]+", " ", _SILENT.sub("", plain)).strip()


class Fold(Func):
    """SQL expression of :func:`fold`, fit for generated columns."""

    function = "core_fold"
    output_field = TextField()


class OrderKey(Func):
    """SQL expression of :func:`order_key`; sorts right under the collation "C" only."""

    function = "core_order_key"
    output_field = TextField()
