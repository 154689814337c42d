"""What the loaders remember follows staff's work: a merged organisation is known by the record that stayed."""

from organisations.models import Organisation
from organisations.services.merging import on_merge
from promotori.models import LoadedRecord


@on_merge
def know_the_kept_record(kept: Organisation, merged: Organisation) -> None:
    """The next load of an edition finds the kept record where it once loaded the merged one."""
    LoadedRecord.objects.filter(key__regex=r"^organisation:[^:]+$", object_id=merged.pk).update(
        object_id=kept.pk
    )
