"""Which page of help belongs to which part of the window.

By class, from the one with the keyboard outwards: the first that is named here decides. A new place, tab or
dialog is one row here and, if it needs one of its own, a page in ``resources/help/da`` and ``en``.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

TOPICS = {
    # places
    "OverviewPage": "overview",
    "InitiativesPage": "initiatives",
    "EvaluationsPage": "evaluations",
    "CasesPage": "cases",
    "Board": "board",
    "Timeline": "timeline",
    # tabs and panels
    "PhasesTab": "phases",
    "FactsTab": "record",
    "RecordPanel": "record",
    "BenefitsTab": "benefits",
    "EvaluationTab": "evaluations",
    "IndicatorsTable": "evidence",
    "IndicatorStatuses": "evidence",
    "NumbersFirst": "evidence",
    "EvidenceLevel": "evidence",
    "DesignCeiling": "evidence",
    "StatusTab": "status",
    "PastePreview": "status",
    "ReadingTab": "record",
    "AttachmentsTab": "attachments",
    "HistoryTab": "history",
    "WalkPanel": "walkthrough",
    # dialogs
    "QuickAdd": "new_initiative",
    "QuickFinding": "quick_finding",
    "MeasureNow": "quick_finding",
    "TableImportDialog": "import_list",
    "MeasureImportDialog": "import_measurements",
    "PackPreview": "case_packs",
    "SharePreviewDialog": "case_packs",
    "ExportDialog": "export",
    "SettingsDialog": "settings",
    "CatalogueDialog": "walkthrough",
    "Presentation": "meetings",
    "WorksheetsDialog": "meetings",
    "TrashDialog": "trash",
    "ReminderList": "overview",
    "AttachmentDialog": "attachments",
    "BulkDialog": "bulk",
    "MergeDialog": "duplicates",
    "FilterForm": "views",
    "ViewName": "views",
    "RestoreDialog": "backups",
    "ReturnPreview": "export",
    "EditionPreview": "place",
    "OwnFieldsDialog": "own_fields",
    "FieldsDialog": "own_fields",
    "FormDialog": "own_fields",
    "NamingDialog": "views",
    "DuplicatesDialog": "duplicates",
    "HistoryDialog": "history",
    "LinkDialog": "record",
    "PeopleDialog": "people",
    "ChoosePersonDialog": "people",
    "ErasePersonDialog": "people",
    "PersonPlacesDialog": "people",
    "ReceiptDialog": "people",
    "PrintPreview": "printing",
    "ChoiceDialog": "problems",
    "AboutDialog": "about",
}

FIRST_PAGE = "start"


def topic_of(part: QWidget | None) -> str:
    """The page for the part of the window that has the keyboard."""
    while part is not None:
        for kind in type(part).__mro__:
            if kind.__name__ in TOPICS:
                return TOPICS[kind.__name__]
        part = part.parentWidget()
    return FIRST_PAGE
