"""The choices of lists that a unit may make its own: added, renamed, retired, ordered, each in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, current_language
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import Kind
from coi_desktop.models.folding import clean_line
from coi_desktop.models.keys import free_key
from coi_desktop.models.own_fields import OWNER, is_own
from coi_desktop.models.palette import LEAST_CONTRAST, is_hex
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Values
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import COLOURS
from coi_desktop.operations.colours import least_contrast
from coi_desktop.operations.library import editable_lists, vocabulary, words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("choice.add", N_("Add choice"))
RENAME = Op("choice.rename", N_("Rename choice"))
RETIRE = Op("choice.retire", N_("Retire choice"))
OFFER = Op("choice.offer", N_("Offer choice again"))
MOVE = Op("choice.move", N_("Move choice"))


class Choice(NamedTuple):
    """One choice of a list: its key, its words, whether it is not offered, and its colour in charts (a name
    of the palette or "#rrggbb"; empty: none).
    """

    key: str
    da: str
    en: str
    retired: bool = False
    colour: str = ""

    def label(self, language: str | None = None) -> str:
        """The choice's words for people."""
        return self.da if (language or current_language()) == "da" else self.en


def find_choice_lists(register: Register) -> dict[str, str]:
    """The lists the unit may change, with what they are called: delivered ones, then own choice fields."""
    lists: dict[str, str] = {}
    for name in editable_lists().names:
        kind, field = next(
            (kind, field) for kind in RECORD_TYPES.values() for field in kind.fields if field.values == name
        )
        lists[name] = field.label() if kind.name == OWNER else f"{kind.label()} · {field.label()}"
    own = [one for one in register.fields(OWNER) if one.kind is Kind.CHOICE and is_own(one.name)]
    return lists | {field.name: field.label() for field in own}


def get_choices(register: Register, list_name: str) -> tuple[Choice, ...]:
    """All choices of a list in their order, the retired ones among them; KeyError for no such list."""
    found = words_of(register).value_list(list_name)
    return tuple(
        Choice(key, words["da"], words["en"], key in found.retired, found.colours.get(key, ""))
        for key, words in found.words.items()
    )


def add_choice(register: Register, list_name: str, da: str, en: str = "", *, source: str = "") -> str:
    """Add a choice after the others and return its key. Problem ``no_name``, ``name_taken``."""
    choices = _changeable(register, list_name)
    if is_fixed(list_name):
        raise _fixed_keys()
    new = _checked(choices, Choice("", clean_line(da), clean_line(en)))
    key = free_key(new.da, {choice.key for choice in choices})
    _rewrite(register, ADD, list_name, (*choices, new._replace(key=key)), detail=new.da, source=source)
    return key


def rename_choice(
    register: Register,
    list_name: str,
    key: str,
    da: str,
    en: str = "",
    *,
    colour: str | None = None,
    source: str = "",
) -> bool:
    """Give a choice other words wherever it stands; False when it had them.

    ``colour`` gives it another one in charts too: a name of the palette, or "#rrggbb" with a contrast of at
    least 3:1 to every ground it is drawn on; empty for the delivered one. Problem as for ``add_choice``, and
    ``bad_colour``.
    """
    choices = _changeable(register, list_name)
    before = _get(choices, key)
    others = [choice for choice in choices if choice.key != key]
    new = _checked(others, before._replace(da=clean_line(da), en=clean_line(en)))
    if colour is not None:
        new = new._replace(colour=_checked_colour(colour) or _delivered_colours(list_name).get(key, ""))
    if new == before:
        return False
    changed = tuple(new if choice.key == key else choice for choice in choices)
    return _rewrite(register, RENAME, list_name, changed, detail=before.label(), source=source)


def retire_choice(
    register: Register, list_name: str, key: str, *, retired: bool = True, source: str = ""
) -> bool:
    """No longer offer a choice, or offer it again; where it stands it stays. False when it was so."""
    choices = _changeable(register, list_name)
    before = _get(choices, key)
    if before.retired == retired:
        return False
    if retired and is_fixed(list_name) and vocabulary().is_offered(list_name, key):
        raise _fixed_keys()
    changed = tuple(choice._replace(retired=retired) if choice.key == key else choice for choice in choices)
    op = RETIRE if retired else OFFER
    return _rewrite(register, op, list_name, changed, detail=before.label(), source=source)


def move_choice(register: Register, list_name: str, key: str, place: int, *, source: str = "") -> bool:
    """Put a choice at another place in its list (0: first); False when it stands there."""
    choices = _changeable(register, list_name)
    moved = _get(choices, key)
    others = [choice for choice in choices if choice.key != key]
    new = (*others[:place], moved, *others[place:])
    if new == choices:
        return False
    return _rewrite(register, MOVE, list_name, new, detail=moved.label(), source=source)


def is_fixed(list_name: str) -> bool:
    """Whether the keys of a list stay as they are delivered."""
    return list_name in editable_lists().fixed


def _checked_colour(typed: str) -> str:
    colour = typed.strip().lower()
    if not colour or colour in COLOURS:
        return colour
    if not is_hex(colour):
        raise Problem(
            _("“{colour}” is no colour.").format(colour=colour),
            meaning=_("Nothing was changed."),
            advice=_("Write six digits after #, as in #0072b2."),
            code="bad_colour",
        )
    least = least_contrast(colour)
    if least < LEAST_CONTRAST:
        raise Problem(
            _("{colour} can hardly be seen: its contrast to a ground of the charts is {contrast}:1.").format(
                colour=colour, contrast=format_number(round(Decimal(least), 1), current_language())
            ),
            meaning=_("Nothing was changed."),
            advice=_("Choose a colour of middle brightness, so that it has 3:1 in light and dark."),
            code="bad_colour",
        )
    return colour


def _delivered_colours(list_name: str) -> Mapping[str, str]:
    """The colours of a list as delivered; none for one of the unit's own."""
    return vocabulary().value_list(list_name).colours if vocabulary().has_list(list_name) else {}


def _fixed_keys() -> Problem:
    return Problem(
        _("The kinds of value are the same for all, so that they can be compared."),
        meaning=_("Nothing was changed."),
        advice=_("Give one another name, or put the local one on."),
        code="fixed_list",
    )


def _changeable(register: Register, list_name: str) -> tuple[Choice, ...]:
    if list_name not in find_choice_lists(register):
        raise KeyError(list_name)
    return get_choices(register, list_name)


def _rewrite(
    register: Register, op: Op, list_name: str, choices: Sequence[Choice], *, detail: str, source: str
) -> bool:
    """Make the records say these choices in this order. A choice that never had a record of its own gets one
    only where its words or its place are no longer the delivered ones.
    """
    delivered = _delivered_colours(list_name)
    before = {choice.key: choice for choice in get_choices(register, list_name)}
    kept_order = [key for key in before if key in {choice.key for choice in choices}]
    is_moved = kept_order != [choice.key for choice in choices][: len(kept_order)]
    own = Query("choice_value", conditions=(Condition("list", Test.IS, list_name),))
    there = {record.text("key"): record for record in register.find(own)}
    has_places = is_moved or any(record["place"] is not None for record in there.values())

    def change(writer: Writer) -> bool:
        changed = False
        for place, choice in enumerate(choices):
            values: Values = {
                "list": list_name,
                "key": choice.key,
                "da": choice.da,
                "en": choice.en if choice.en != choice.da else None,
                "retired": choice.retired or None,
                "place": place if has_places else None,
                "colour": choice.colour if choice.colour != delivered.get(choice.key, "") else None,
            }
            if choice.key in there:
                changed |= writer.change("choice_value", there[choice.key].id, values)
            elif has_places or before.get(choice.key) != choice:
                writer.put("choice_value", values)
                changed = True
        return changed

    return register.transact(op, change, source=source, detail=detail).result


def _get(choices: Sequence[Choice], key: str) -> Choice:
    for choice in choices:
        if choice.key == key:
            return choice
    raise KeyError(key)


def _checked(others: Sequence[Choice], choice: Choice) -> Choice:
    """The choice with words in both languages, none of which another choice has."""
    choice = choice._replace(en=choice.en or choice.da)
    if not choice.da:
        raise Problem(
            _("A choice needs words in Danish."),
            meaning=_("Nothing was changed."),
            advice=_("Write a name of a few words."),
            code="no_name",
        )
    taken = {name.casefold() for other in others for name in (other.da, other.en)}
    for name in (choice.da, choice.en):
        if name.casefold() in taken:
            raise Problem(
                _("The list has a choice called “{name}” already.").format(name=name),
                meaning=_("Nothing was changed."),
                advice=_("Choose another name, or offer the one that is there again."),
                code="name_taken",
            )
    return choice
