"""The one table of record types. Owners stand before what they own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from coi_desktop.models.fields import RecordType
from coi_desktop.models.record_types.attachment import ATTACHMENT
from coi_desktop.models.record_types.case import CASE_TYPES
from coi_desktop.models.record_types.evaluation import (
    EVALUATION,
    EVALUATION_VERSION,
    EXTRA_ANSWER,
    PLAN_TYPES,
)
from coi_desktop.models.record_types.findings import FINDING_TYPES
from coi_desktop.models.record_types.imports import IMPORT_TYPES
from coi_desktop.models.record_types.initiative import INITIATIVE_TYPES
from coi_desktop.models.record_types.own_fields import OWN_FIELD_TYPES
from coi_desktop.models.record_types.steering import STEERING_TYPES
from coi_desktop.models.record_types.unit import UNIT_TYPES

RECORD_TYPES: Mapping[str, RecordType] = MappingProxyType(
    {
        record_type.name: record_type
        for record_type in (
            *UNIT_TYPES,
            *INITIATIVE_TYPES,
            *STEERING_TYPES,
            *OWN_FIELD_TYPES,
            EVALUATION,
            EVALUATION_VERSION,
            EXTRA_ANSWER,
            *PLAN_TYPES,
            *FINDING_TYPES,
            ATTACHMENT,
            *CASE_TYPES,
            *IMPORT_TYPES,
        )
    }
)

#: The record types whose records name a file beside the register, by the checksum of its bytes.
FILE_TYPES: tuple[str, ...] = tuple(kind.name for kind in RECORD_TYPES.values() if "sha256" in kind.by_name)

_CHILDREN: Mapping[str, tuple[RecordType, ...]] = MappingProxyType(
    {
        owner: tuple(child for child in RECORD_TYPES.values() if child.parent_type == owner)
        for owner in RECORD_TYPES
    }
)


def record_type(name: str) -> RecordType:
    """The record type called ``name``; KeyError when there is none."""
    return RECORD_TYPES[name]


def child_types(name: str) -> tuple[RecordType, ...]:
    """The record types whose records hang under records of ``name`` and are dropped with them."""
    return _CHILDREN[name]
