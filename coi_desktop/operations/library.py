"""What the program knows from its resources: words of value lists, guides. Read when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coi_desktop import resources
from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.own_words import unit_lists
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import (
    EditableLists,
    Lists,
    Vocabulary,
    parse_editable_lists,
    parse_vocabulary,
)

if TYPE_CHECKING:
    from coi_desktop.models.attachment_kinds import AttachmentKinds
    from coi_desktop.models.guide import Guide
    from coi_desktop.models.indicator_catalogue import CatalogueIndicator
    from coi_desktop.models.initiative_completeness import Wanted
    from coi_desktop.models.method_cards import MethodCards
    from coi_desktop.models.method_rules import MethodRules
    from coi_desktop.models.phases import PhaseTemplate
    from coi_desktop.models.question_bank import BankQuestion
    from coi_desktop.models.small_counts import CountWords
    from coi_desktop.models.worksheets import SheetPlan
    from coi_desktop.store.reader import Reader
    from coi_desktop.store.register import Register

VALUES = "catalogue/values"
GUIDES = "guides"
EDITABLE = "catalogue/editable.toml"
PHASE_TEMPLATES = "catalogue/phases.toml"

#: The value list whose order and extent a unit sets, and with it the lines of grids.
VALUE_KINDS = "value_kind"

#: The lists a first window needs; the others are read when one of them is asked for.
FIRST_VALUES = f"{VALUES}/initiative.toml"


@cache
def vocabulary() -> Vocabulary:
    """All value lists; the ones of initiatives at once, the others when first asked for."""
    return Vocabulary(parse_vocabulary({FIRST_VALUES: resources.read_toml(FIRST_VALUES)}), _other_values)


def words_of(source: Register | Snapshot) -> Vocabulary:
    """The value lists as a unit has them: the delivered ones, with its own choices and phases.

    Those of a register follow it: the words are its words at the time they are asked for. Those of a snapshot
    are as it was taken.
    """
    if isinstance(source, Snapshot):
        lists = _unit_lists(source.rows)
        return vocabulary().below(lambda: lists)
    register = source
    return vocabulary().below(lambda: register.remembered("words", UNIT_TABLES, _register_lists))


UNIT_TABLES = ("own_field", "choice_value", "phase", "rate_set", "rate_band")


def _register_lists(register: Reader) -> Lists:
    return _unit_lists(lambda table: register.find(Query(table)))


def _unit_lists(find: Callable[[str], Sequence[Record]]) -> Lists:
    own_fields, choices, phases, rate_sets, _bands = map(find, UNIT_TABLES)
    editable = editable_lists().names if choices else ()
    return unit_lists(vocabulary(), editable, own_fields, choices, phases, rate_sets)


@cache
def editable_lists() -> EditableLists:
    """The delivered value lists that a unit may change, and those whose keys are fixed."""
    return parse_editable_lists(resources.read_toml(EDITABLE), vocabulary())


@cache
def phase_templates() -> Mapping[str, PhaseTemplate]:
    """The templates of phases a unit can choose from, by name, the one as delivered first."""
    from coi_desktop.models.phases import parse_phase_templates

    return parse_phase_templates(resources.read_toml(PHASE_TEMPLATES), vocabulary())


def _other_values() -> Lists:
    files = [file for file in resources.find_files(VALUES, ".toml") if file != FIRST_VALUES]
    return parse_vocabulary({file: resources.read_toml(file) for file in files})


@cache
def attachment_kinds() -> AttachmentKinds:
    """Kinds of attachments, and which of them may be opened. ValueError names what is not right."""
    from coi_desktop.models.attachment_kinds import FILE, parse_attachment_kinds

    return parse_attachment_kinds(resources.read_toml(FILE))


@cache
def count_words() -> CountWords:
    """Words that tell that a number counts people. CatalogueError names what is wrong."""
    from coi_desktop.models.small_counts import FILE, parse_count_words

    return parse_count_words(resources.read_toml(FILE))


@cache
def wanted_facts() -> Wanted:
    """The facts of an initiative that are worth having at each stage. CatalogueError names what is wrong."""
    from coi_desktop.models.initiative_completeness import FILE, parse_wanted
    from coi_desktop.models.record_types.table import record_type

    return parse_wanted(resources.read_toml(FILE), record_type("initiative").fields, vocabulary())


@cache
def question_bank() -> tuple[BankQuestion, ...]:
    """Questions an evaluation can start from. ValueError names what is not right in the file."""
    from coi_desktop.models.question_bank import FILE, parse_question_bank

    return parse_question_bank(resources.read_toml(FILE), vocabulary())


@cache
def indicator_catalogue() -> tuple[CatalogueIndicator, ...]:
    """Measures an evaluation can start from. CatalogueError names what is not right in the file."""
    from coi_desktop.models.indicator_catalogue import FILE, parse_indicator_catalogue

    return parse_indicator_catalogue(resources.read_toml(FILE), vocabulary())


def guide(guide_id: str = "evaluation", words: Vocabulary | None = None) -> Guide:
    """The guide called ``guide_id`` with its words in every language; the lines of its grids are those that
    ``words`` (without them: the delivered lists) offer, in their order.

    Raises GuideError, naming file and place, for a guide that is not exactly right, and FileNotFoundError for
    one that does not exist.
    """
    return _guide_with(guide_id, (words or vocabulary()).keys(VALUE_KINDS))


@lru_cache(maxsize=16)
def _guide_with(guide_id: str, kinds: tuple[str, ...]) -> Guide:
    return _whole_guide(guide_id).with_lines(
        lambda name: kinds if name == VALUE_KINDS else vocabulary().keys(name)
    )


@cache
def _whole_guide(guide_id: str) -> Guide:
    # Not needed on the way to the first window, and a sixth of what is imported there.
    from coi_desktop.models.guide_loader import STRUCTURE_FILE, Surroundings, parse_guide
    from coi_desktop.models.guide_texts import texts_file
    from coi_desktop.models.record_types.table import RECORD_TYPES

    folder = f"{GUIDES}/{guide_id}"
    return parse_guide(
        resources.read_toml(f"{folder}/{STRUCTURE_FILE}"),
        {language: resources.read_toml(f"{folder}/{texts_file(language)}") for language in LANGUAGES},
        Surroundings(RECORD_TYPES, vocabulary()),
    )


@cache
def method_cards() -> MethodCards:
    """The method cards as delivered. GuideError, naming file and place, for cards that are not right."""
    from coi_desktop.models.method_cards import cards_file, parse_method_cards

    folder = f"{GUIDES}/evaluation"
    return parse_method_cards(
        {language: resources.read_toml(f"{folder}/{cards_file(language)}") for language in LANGUAGES},
        vocabulary(),
    )


@cache
def method_rules() -> MethodRules:
    """The rules that suggest approach and methods. GuideError names what is not right in the file."""
    from coi_desktop.models.method_rules import FILE, parse_method_rules

    table = resources.read_toml(f"{GUIDES}/evaluation/{FILE}")
    return parse_method_rules(table, guide("evaluation"), vocabulary())


@cache
def sheet_plans() -> tuple[SheetPlan, ...]:
    """The steps that have dialogue sheets. GuideError names what is not right in the file."""
    from coi_desktop.models.worksheets import FILE, parse_worksheets

    return parse_worksheets(resources.read_toml(f"{GUIDES}/evaluation/{FILE}"), guide("evaluation"))
