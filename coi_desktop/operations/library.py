"""What the program knows from its resources: words of value lists, guides. Read when first asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coi_desktop import resources
from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.vocabulary import Lists, Vocabulary, parse_vocabulary

if TYPE_CHECKING:
    from coi_desktop.models.attachment_kinds import AttachmentKinds
    from coi_desktop.models.guide import Guide
    from coi_desktop.models.question_bank import BankQuestion
    from coi_desktop.store.register import Register

VALUES = "catalogue/values"
GUIDES = "guides"

#: The lists a first window needs; the others are read when one of them is asked for.
FIRST_VALUES = f"{VALUES}/initiative.toml"


@cache
def vocabulary() -> Vocabulary:
    """All value lists; the ones of initiatives at once, the others when first asked for."""
    return Vocabulary(parse_vocabulary({FIRST_VALUES: resources.read_toml(FIRST_VALUES)}), _other_values)


def words_of(register: Register) -> Vocabulary:
    """The value lists as this register has them."""
    return vocabulary()


def _other_values() -> Lists:
    files = [file for file in resources.find_files(VALUES, ".toml") if file != FIRST_VALUES]
    return parse_vocabulary({file: resources.read_toml(file) for file in files})


@cache
def attachment_kinds() -> AttachmentKinds:
    """Kinds of attachments, and which of them may be opened. ValueError names what is not right."""
    from coi_desktop.models.attachment_kinds import FILE, parse_attachment_kinds

    return parse_attachment_kinds(resources.read_toml(FILE))


@cache
def question_bank() -> tuple[BankQuestion, ...]:
    """Questions an evaluation can start from. ValueError names what is not right in the file."""
    from coi_desktop.models.question_bank import FILE, parse_question_bank

    return parse_question_bank(resources.read_toml(FILE), vocabulary())


@cache
def guide(guide_id: str = "evaluation") -> Guide:
    """The guide called ``guide_id`` with its words in every language.

    Raises GuideError, naming file and place, for a guide that is not exactly right, and FileNotFoundError for
    one that does not exist.
    """
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
