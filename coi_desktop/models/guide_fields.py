"""A guide's questions and columns as fields: whatever reads, shows or edits fields serves them too."""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import Asked, Guide, Question, QuestionKind

KINDS = {
    QuestionKind.TEXT: Kind.TEXT,
    QuestionKind.LONG_TEXT: Kind.LONG,
    QuestionKind.YES_NO: Kind.YES_NO,
    QuestionKind.TICK: Kind.YES_NO,
    QuestionKind.CHOICE: Kind.CHOICE,
    QuestionKind.CHOICES: Kind.CHOICES,
    QuestionKind.RANK: Kind.RANK,
    QuestionKind.SCALE: Kind.CHOICE,
    QuestionKind.NUMBER: Kind.NUMBER,
    QuestionKind.MONEY: Kind.MONEY,
    QuestionKind.INTEGER: Kind.INTEGER,
    QuestionKind.DATE: Kind.DATE,
    QuestionKind.DATE_RANGE: Kind.DATE,
    QuestionKind.REFERENCE: Kind.REFERENCE,
    QuestionKind.REFERENCES: Kind.CHOICES,
}


def kind_of(asked: Asked) -> Kind:
    """The kind of field that a question or column is edited as."""
    if asked.kind is QuestionKind.SCALE and not asked.values:
        return Kind.INTEGER
    return KINDS[asked.kind]


def field_of(asked: Asked, name: str, label: str) -> FieldSpec:
    """A question or column as a field called ``name``. Nothing is ever required in a form: what is missing
    is shown, and stops nobody.
    """
    return FieldSpec(
        name,
        kind_of(asked),
        label,
        label,
        values=asked.values,
        unit_da=asked.unit_da,
        unit_en=asked.unit_en,
        limit=asked.limit,
    )


def columns_of(guide: Guide, question: Question) -> dict[str, FieldSpec]:
    """The columns of a table as fields, by their ids."""
    words = guide.words()
    return {
        column.id: field_of(column, column.id, words.label(question.id, column.id))
        for column in question.columns
    }
