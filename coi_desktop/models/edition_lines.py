"""What is to be brought over from another edition, line by line and in words."""

from __future__ import annotations

from typing import NamedTuple

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.edition_plan import EditionPlan
from coi_desktop.models.return_plan import Difference, ReturnDecisions
from coi_desktop.models.text import format_number


class EditionLine(NamedTuple):
    """One line: the decision it goes by (id and field name), the initiative or case it is about, what it is
    (a field, or a kind of record), and what stands here and there.

    ``difference`` is None for a record that is only there.
    """

    key: tuple[str, str]
    title: str
    what: str
    here: str
    there: str
    difference: Difference | None

    def taken(self, decisions: ReturnDecisions) -> bool:
        """Whether it is brought over."""
        if self.difference is Difference.CONFLICT:
            return decisions.conflicts.get(self.key, False)
        return self.difference is not Difference.CLEARED or decisions.clear_emptied


class ComparedEdition(NamedTuple):
    """Another edition compared: its file's name, the plan, the lines, and whether persons were erased there
    that are not erased here.
    """

    file_name: str
    plan: EditionPlan
    lines: tuple[EditionLine, ...]
    has_erased: bool = False
    missing_files: int = 0

    def sentence(self) -> str:
        """The counts in words: 3 nye poster · 12 felter ændret · 1 konflikt."""
        plan = self.plan
        new, changed = len(plan.new_rows), plan.count(Difference.CHANGED)
        emptied, conflicts = plan.count(Difference.CLEARED), plan.count(Difference.CONFLICT)
        counted = (
            (new, ngettext("{count} new record", "{count} new records", new)),
            (changed, ngettext("{count} field changed", "{count} fields changed", changed)),
            (emptied, ngettext("{count} field emptied", "{count} fields emptied", emptied)),
            (conflicts, ngettext("{count} conflict", "{count} conflicts", conflicts)),
        )
        language = current_language()
        said = [text.format(count=format_number(count, language)) for count, text in counted if count]
        return " · ".join(said) or _("The other edition has nothing that is missing here.")

    def remarks(self) -> tuple[str, ...]:
        """What else has to be known of it, in sentences."""
        plan, language, said = self.plan, current_language(), []
        if plan.kept:
            said.append(
                ngettext(
                    "{count} record was removed in the other edition. It stays here.",
                    "{count} records were removed in the other edition. They stay here.",
                    plan.kept,
                ).format(count=format_number(plan.kept, language))
            )
        if plan.lost:
            said.append(
                ngettext(
                    "{count} record cannot be brought over: what it belongs to was erased here.",
                    "{count} records cannot be brought over: what they belong to was erased here.",
                    plan.lost,
                ).format(count=format_number(plan.lost, language))
            )
        if self.missing_files:
            said.append(
                ngettext(
                    "The file of {count} attachment does not lie beside either edition.",
                    "The files of {count} attachments do not lie beside either edition.",
                    self.missing_files,
                ).format(count=format_number(self.missing_files, language))
            )
        if self.has_erased:
            said.append(_("Persons were erased there that were not erased here. Erase them here as well."))
        return tuple(said)
