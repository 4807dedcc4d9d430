"""The receipt of an erasure as text: what was done, what is left where, and until when."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date, format_datetime
from coi_desktop.models.text import format_number
from coi_desktop.operations.erasing import ErasurePlan, Receipt
from coi_desktop.operations.held_backups import HeldBackup
from coi_desktop.store.register import Register


def receipt_text(register: Register, receipt: Receipt, plan: ErasurePlan) -> str:
    """The receipt in lines. It names no person: it may be filed."""
    language = current_language()
    lines = [
        _("Receipt for an erasure"),
        _("Register: {name}").format(name=register.path.name),
        _("Erased: {when}").format(when=format_datetime(receipt.at, language)),
        "",
        _("Places:"),
        *(f"– {place}: {format_number(count, language)}" for place, count in receipt.places),
        _("Attachments removed: {count}").format(count=format_number(receipt.files, language)),
        _("The program's own files cleaned: {names}").format(names=", ".join(receipt.traces) or "–"),
        _("The search index was made anew, and undo and trash hold nothing of the person."),
        _("The file was written anew; its free space holds nothing of the person.")
        if receipt.is_wiped
        else _(
            "Free space in the file could not be wiped now; it is wiped when the register is next opened."
        ),
        "",
        *_backup_lines(receipt.held),
        "",
        _("A list of keyed hashes beside the backups erases the person again whenever one is restored."),
        _("Files that were exported, printed or sent before are not reached."),
    ]
    kept = len({tied.sha256 for tied in plan.files if tied.sha256}) - receipt.files
    if kept > 0:
        lines.append(
            _("Attachments that mention the person and were kept: {count}").format(
                count=format_number(kept, language)
            )
        )
    if plan.unread:
        lines.append(
            _("Attachments that could not be read to tell: {count}").format(
                count=format_number(plan.unread, language)
            )
        )
    return "\n".join(lines) + "\n"


def _backup_lines(backups: tuple[HeldBackup, ...]) -> list[str]:
    if not backups:
        return [_("No backup is known that holds the person.")]
    language = current_language()
    lines = [_("Backups that still hold the person, until they are thinned or you remove them:")]
    for one in backups:
        until = (
            _("goes by about {day} if a backup is written every day").format(
                day=format_date(one.until, language)
            )
            if one.until is not None
            else _("kept until you remove it")
        )
        lines.append(f"– {one.path} ({format_datetime(one.written, language)}): {until}")
    return lines
