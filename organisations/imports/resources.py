"""What a file may change in the registry; each refused row says why."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t

from core.text import Fold, fold
from organisations.checks import normalised_cui
from organisations.models import FormerSlug, Organisation, StructureMembership
from organisations.naming import free_slug
from organisations.spreadsheets import MembershipExport, NameExport, OrganisationExport


class OrganisationImport(OrganisationExport):
    """Finds a record by CUI, else by address; a new one enters as a draft, its state never comes from a file."""

    class Meta(OrganisationExport.Meta):
        import_id_fields: tuple[str, ...] = ()

    def required_columns(self) -> list[str]:
        return [self.fields["legal_name"].column_name]

    def get_instance(self, instance_loader: Any, row: Any) -> Organisation | None:
        code = normalised_cui(str(row.get(self.fields["cui"].column_name) or ""))
        if code and (found := Organisation.objects.filter(cui=code).first()):
            return found
        slug = str(row.get(self.fields["slug"].column_name) or "").strip()
        return Organisation.objects.filter(slug=slug).first() if slug else None

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        cui = self.fields["cui"].column_name
        if row.get(cui):
            try:
                row[cui] = normalised_cui(str(row[cui]))
            except ValidationError as error:
                raise ValidationError({cui: error.messages}) from None

    def import_instance(self, instance: Organisation, row: Any, **kwargs: Any) -> None:
        address = instance.slug
        super().import_instance(instance, row, **kwargs)
        if instance.seat and not instance.county:
            instance.county = instance.seat.county
        if instance.seat and instance.county and instance.seat.county_id != instance.county_id:
            raise ValidationError(
                _t("The locality %(seat)s is not in the county %(county)s.")
                % {"seat": instance.seat, "county": instance.county}
            )
        if instance.pk:
            # An address changes on the record's page alone, where the former one is kept.
            instance.slug = address
        else:
            self._name_new(instance)

    def validate_instance(
        self, instance: Organisation, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors and not instance.slug:
            # The address is made when the rest of the row is right; its lack is not the file's fault.
            instance.slug = "-"
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def _name_new(self, organisation: Organisation) -> None:
        wanted = organisation.slug = organisation.slug.lower()
        if not organisation.cui and not wanted:
            same = _namesake(organisation)
            if same is not None:
                raise ValidationError(
                    _t(
                        "An organisation of this name exists, with the address “%(slug)s”. Give its address or a CUI."
                    )
                    % {"slug": same.slug}
                )
        if wanted and FormerSlug.objects.filter(slug=wanted).exists():
            raise ValidationError(
                _t("“%(slug)s” was once the address of another organisation.") % {"slug": wanted}
            )
        organisation.slug = wanted or free_slug(
            organisation.public_name or organisation.legal_name, organisation.county
        )


def _namesake(organisation: Organisation) -> Organisation | None:
    """One that the row may mean: of this whole name in any spelling, unless both say another county."""
    folded = fold(organisation.legal_name)
    found = Organisation.objects.filter(legal_name=organisation.legal_name)
    if folded:
        found = Organisation.objects.alias(
            legal_fold=Fold("legal_name"), public_fold=Fold("public_name")
        ).filter(
            Q(legal_fold=folded) | Q(public_fold=folded) | Q(names__folded=folded),
            search_text__contains=folded,
        )
    if organisation.county:
        found = found.filter(Q(county=organisation.county) | Q(county=None))
    return found.first()


class NameImport(NameExport):
    class Meta(NameExport.Meta):
        pass


class MembershipImport(MembershipExport):
    """One open membership of a place in a structure; a row finds it by structure and place."""

    class Meta(MembershipExport.Meta):
        import_id_fields: tuple[str, ...] = ()

    def required_columns(self) -> list[str]:
        return [self.fields["structure"].column_name, self.fields["source"].column_name]

    def get_instance(self, instance_loader: Any, row: Any) -> StructureMembership | None:
        place = {
            name: self.fields[name].clean(row)
            for name in ("structure", "county", "uat")
            if self._given(row, name)
        }
        if "structure" not in place or len(place) != 2:
            return None
        return StructureMembership.objects.filter(**place).order_by("until").last()

    def _given(self, row: Any, name: str) -> bool:
        return bool(str(row.get(self.fields[name].column_name) or "").strip())
