from __future__ import annotations

import uuid

from coi_desktop.models.ids import is_uuid, new_id, new_ids


def test_ids_are_random_uuids_of_version_4_in_their_usual_form() -> None:
    for made in (new_id(), *new_ids(500)):
        parsed = uuid.UUID(made)
        assert str(parsed) == made
        assert (parsed.version, parsed.variant) == (4, uuid.RFC_4122)
        assert is_uuid(made)


def test_many_ids_are_as_many_different_ones() -> None:
    assert len(set(new_ids(500))) == 500
    assert new_ids(0) == []


def test_every_digit_of_an_id_that_may_vary_does() -> None:
    seen = [set(column) for column in zip(*new_ids(500), strict=True)]
    fixed = {8: {"-"}, 13: {"-"}, 14: {"4"}, 18: {"-"}, 23: {"-"}}
    for place, digits in enumerate(seen):
        wanted = fixed.get(place, set("89ab") if place == 19 else set("0123456789abcdef"))
        assert digits == wanted, place
