"""What a small file may change: other names, members of structures; each refused row says why."""

from typing import Any

from organisations.models import StructureMembership
from organisations.spreadsheets import MembershipExport, NameExport


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
