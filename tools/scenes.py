"""What is brought before the camera of ``tools.screenshots``: every screen, tab and dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QScrollArea

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.pack import PackLevel
from coi_desktop.models.place_words import risk_of
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import initiatives, packs
from coi_desktop.operations.answering import answer
from coi_desktop.operations.backups import FoundBackup
from coi_desktop.operations.file_places import find_place, look_around
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.keeping import iter_backup
from coi_desktop.ui.dialogs.about_dialog import AboutDialog
from coi_desktop.ui.dialogs.attachment_dialog import AttachmentDialog
from coi_desktop.ui.dialogs.catalogue_dialog import CatalogueDialog
from coi_desktop.ui.dialogs.crash_dialog import make_crash_dialog
from coi_desktop.ui.dialogs.export_dialog import ExportDialog
from coi_desktop.ui.dialogs.help_window import open_help
from coi_desktop.ui.dialogs.questions import ChoiceDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.quick_finding import QuickFinding
from coi_desktop.ui.dialogs.restore_dialog import RestoreDialog
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.pages.overview_page import OverviewPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.places import PLACES
from coi_desktop.ui.register_opening import place_choices, say
from coi_desktop.ui.shortcut_list import SHORTCUTS
from tools.attachment_examples import attach_examples
from tools.scenes_of_change import shoot_changes
from tools.scenes_of_fields import STEPS, add_own_fields, shoot_fields
from tools.scenes_of_groups import shoot_groups
from tools.scenes_of_measures import shoot_measures
from tools.scenes_of_packs import shoot_packs, shoot_share
from tools.scenes_of_people import shoot_people
from tools.scenes_of_phases import shoot_phases
from tools.scenes_of_related import shoot_related
from tools.scenes_of_tables import shoot_table_import
from tools.scenes_of_views import shoot_views
from tools.scenes_of_worksheets import shoot_worksheets
from tools.stage import Stage

Scene = Callable[[], None]

#: The initiative whose evaluation is stored in full; one evaluated on the light path; one not evaluated yet.
MAIN, LIGHT, NEW = "Skærmbesøg", "Chatbot", "Borgerpanel"


class Scenes(Stage):
    """What is brought before the camera, on a register with the sample portfolio."""

    def all(self) -> Iterator[Scene]:
        """Every screen there is."""
        yield self.initiatives
        yield self.tabs
        yield self.not_evaluated
        yield self.related
        yield self.search
        yield self.problem_in_a_field
        yield self.notices
        yield self.places
        yield self.walk_through
        yield self.deep_path
        yield self.worksheets
        yield self.light_path
        yield self.dialogs
        yield self.help
        yield self.place
        yield self.restore
        yield self.menus
        yield self.changing
        yield self.fields
        yield self.people
        yield self.phases
        yield self.table_import
        yield self.measures
        yield self.packs
        yield self.reading_only
        yield self.empty

    def few(self) -> Iterator[Scene]:
        """What shows whether a look or a size works."""
        yield self.initiatives
        yield self.tabs
        yield self.search
        yield self.problem_in_a_field
        yield self.notices
        yield self.places
        yield self.walk_through
        yield self.worksheets
        yield self.light_path
        yield self.dialogs
        yield self.help
        yield self.changing
        yield self.people
        yield self.phases
        yield self.restore
        yield self.table_import
        yield self.packs

    def initiatives(self) -> None:
        """The list with one chosen."""
        self._choose(MAIN)
        self._rest()
        self._shoot("initiatives")
        shoot_views(self._window.desk, self._initiatives(), self._shoot, self._shoot_dialog)

    def tabs(self) -> None:
        """Every tab of the panel, scrolled down where it is longer."""
        self._choose(MAIN)
        panel = self._initiatives().panel
        assert panel is not None
        register = self._window.desk.register
        initiatives.edit_field(register, panel.record_id, "owner", "Ældreområdet")
        attachment = attach_examples(register, panel.record_id)
        for name in panel.tab_names:
            panel.show_tab(name)
            self._shoot_pages(panel, f"tab-{name}")
        shoot_groups(register, panel, self._shoot_pages)
        panel.show_tab("facts")
        window = self._window
        self._shoot_dialog(AttachmentDialog(window.desk, attachment, window), "dialog-attachment")

    def not_evaluated(self) -> None:
        """An initiative that nobody has evaluated."""
        self._choose(NEW)
        panel = self._initiatives().panel
        assert panel is not None
        self._rest()
        self._shoot("not-evaluated")
        panel.show_tab("attachments")
        self._shoot("attachments-empty")
        panel.show_tab("facts")

    def related(self) -> None:
        """Tables of the panel without rows, and rows that cannot all be pasted."""
        self._choose(NEW)
        shoot_related(self._window, self._initiatives(), self._shoot, self._shoot_dialog)

    def search(self) -> None:
        """Hits marked, and nothing found."""
        page = self._initiatives()
        line = page.findChild(SearchLine)
        assert isinstance(line, SearchLine)
        line.setText("pleje")
        self._shoot("search")
        line.setText("findes ikke")
        self._shoot("search-nothing")
        line.clear()

    def problem_in_a_field(self) -> None:
        """What does not read, and a number of two meanings."""
        self._choose(MAIN)
        panel = self._initiatives().panel
        assert panel is not None
        facts = panel.show_tab("facts")
        assert isinstance(facts, FactsTab)
        for name, text in (("start", "snart"), ("budget", "1.234")):
            row = facts.form.row(name)
            row.editor.set_raw(text)
            row.editor.edited.emit()
        facts.focus_field("start")
        area = facts.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        area.ensureWidgetVisible(facts.form.row("spent"))
        self._shoot("problem")
        for name in ("start", "budget"):
            facts.form.row(name).editor.set_raw("")
            facts.form.row(name).editor.edited.emit()
        facts.flush()

    def notices(self) -> None:
        """Something done, and a problem that stays."""
        notices = self._window.desk.notices
        words = ("Arbejdsbogen portefølje.xlsx er skrevet.", "Åbn", "Vis mappe")
        notices.show_done(words[0], [NextStep(words[1], bool), NextStep(words[2], bool)])
        self._shoot("notice-done")
        problem = Problem(
            "Disken, der rummer eksempel.coi, er fuld (0 MB ledig).",
            meaning="Ændringen er ikke skrevet; alt før den er i sikkerhed.",
            advice="Skaf plads på disken, og prøv igen; det, du skrev, står stadig i feltet.",
        )
        notices.show_problem(problem, bool)
        self._shoot("notice-problem")
        notices.clear()

    def places(self) -> None:
        """Every place of the rail."""
        for place in PLACES:
            if self._window.has_place(place.name):
                self._window.show_place(place.name)
                self._shoot_pages(self._window.page, f"place-{place.name}")

    def walk_through(self) -> None:
        """The evaluation of the main initiative: its twenty steps."""
        self._window.show_record("evaluations", self._id_of(MAIN))
        walk = self._evaluations().panel
        assert walk is not None
        for place, screen in enumerate(walk.walk.walkthrough.screens, start=1):
            walk.walk.jump(screen.id)
            self._shoot_pages(walk.front, f"standard-{place}")
        self._shoot_dialog(CatalogueDialog(self._window.desk, self._window), "dialog-catalogue")
        walk.walk.jump("methods")
        walk.walk.method_wanted.emit("time_study")
        self._shoot("standard-method-card")
        self._window.show_place("initiatives")

    def deep_path(self) -> None:
        """The same evaluation when everything is asked for."""
        self._window.show_record("evaluations", self._id_of(MAIN))
        walk = self._evaluations().panel
        assert walk is not None
        answer(self._window.desk.register, walk.walk.evaluation_id, "proportion.depth", "deep")
        for place, screen in enumerate(walk.walk.walkthrough.screens, start=1):
            walk.walk.jump(screen.id)
            self._shoot_pages(walk.front, f"deep-{place}")
        self._window.desk.register.undo()
        self._window.show_place("initiatives")

    def worksheets(self) -> None:
        """Dialogue sheets of the main initiative, and its steps in a meeting."""
        self._window.show_record("evaluations", self._id_of(MAIN))
        walk = self._evaluations().panel
        assert walk is not None
        shoot_worksheets(self._window, walk, self._folder, self._shoot_dialog)
        self._window.show_place("initiatives")

    def light_path(self) -> None:
        """The six screens, of an evaluation that was just begun and of one that is done."""
        for name, title in (("new", NEW), ("filled", LIGHT)):
            self._window.show_record("evaluations", self._id_of(title))
            walk = self._evaluations().panel
            assert walk is not None
            for place, screen in enumerate(walk.walk.walkthrough.screens[:6], start=1):
                walk.walk.jump(screen.id)
                if name == "filled":
                    walk.front.folded.unfold()
                self._shoot_pages(walk.front, f"screen-{place}-{name}")
            self._evaluations().show_list()
        self._window.desk.register.undo()
        self._window.show_place("initiatives")

    def dialogs(self) -> None:
        """Our own dialogs."""
        desk, window = self._window.desk, self._window
        self._choose(MAIN)
        adding = QuickAdd(desk, window)
        self._shoot_dialog(adding, "dialog-quick-add", close=False)
        adding.add()
        self._shoot_dialog(adding, "dialog-quick-add-problem")
        self._shoot_dialog(SettingsDialog(desk, window), "dialog-settings")
        self._shoot_dialog(QuickFinding(desk, self._id_of(MAIN), window), "dialog-quick-finding")
        title = _("Export workbook")
        self._shoot_dialog(ExportDialog(desk, title, of_initiative=False, parent=window), "dialog-export")
        title = _("Save charts")
        charts = ExportDialog(desk, title, of_initiative=True, with_formats=True, parent=window)
        self._shoot_dialog(charts, "dialog-charts")
        preview = packs.preview_share(desk.register, [self._id_of(MAIN)], PackLevel.KORT)
        self._shoot_dialog(SharePreviewDialog(preview, (), window), "dialog-share")
        shoot_share(desk.register, self._id_of(NEW), self._shoot_dialog)
        desk.register.undo()
        self._shoot_dialog(AboutDialog(desk, window), "dialog-about")
        crash = make_crash_dialog(ValueError("42"), window)
        self._shoot_dialog(crash, "dialog-crash")

    def help(self) -> None:
        """The help: a page, what is found, and the list of keys."""
        opened = open_help(self._window, "place")
        self._settle(opened)
        self._camera.shoot(opened, "help-place")
        opened.search.setText("papirkurv")
        self._camera.shoot(opened, "help-search")
        opened.show_page(SHORTCUTS)
        self._settle(opened)
        self._camera.shoot(opened, "help-shortcuts")
        opened.close()

    def place(self) -> None:
        """A register in a synchronised folder: the question, and the banner after reading was chosen."""
        path = self._folder / "OneDrive - Eksempel Kommune" / "innovation.coi"
        if not path.exists():
            create_register(path, anywhere=True).close()
        problem = risk_of(find_place(path), path.name)
        choices = place_choices(path, look_around)
        question = ChoiceDialog(_("Where the register lies"), say(problem), choices, parent=self._window)
        self._shoot_dialog(question, "dialog-place")
        with open_register(path, write=False) as register:
            window = self._another_window(register, problem)
            self._camera.shoot(window, "place-banner")
            window.close()

    def changing(self) -> None:
        """What changes many, and what brings back."""
        self._choose(MAIN)
        shoot_changes(self._window, self._id_of(MAIN), self._shoot, self._shoot_dialog)

    def phases(self) -> None:
        """The board, gates, links, reminders, and a sheet that comes back."""
        self._choose(MAIN)
        page = self._initiatives()
        shoot_phases(self._window, page, self._folder, self._shoot, self._shoot_dialog)

    def fields(self) -> None:
        """What a unit makes its own, and the facts with own fields."""
        desk = self._window.desk
        self._choose(MAIN)
        add_own_fields(desk, self._id_of(MAIN))
        shoot_fields(desk, self._shoot_dialog)
        panel = self._initiatives().panel
        assert panel is not None
        panel.show_tab("facts")
        self._shoot_pages(panel, "tab-facts-own")
        for _step in range(STEPS):
            desk.register.undo()

    def people(self) -> None:
        """The people, where one stands, and erasing one."""
        shoot_people(self._window.desk, self._shoot_dialog)

    def restore(self) -> None:
        """The backups, what one differs in, and the records; the note about a second place."""
        desk, root = self._window.desk, self._folder / "sikkerhedskopier"
        for reason in (Reason.CLOSED, Reason.REGULAR, Reason.IMPORT):
            run_to_end(iter_backup(desk.register.path, root, reason, desk.register.clock))
            initiatives.add_initiative(desk.register, {"title": f"Nyt tiltag {reason.value}"})
        backups = BackupSet(root / desk.register.id)
        found = [FoundBackup(backups, one) for one in backups.find_backups()]
        dialog = RestoreDialog(desk, found, None, self._window)
        dialog.table.selectRow(len(found) - 1)
        self._rest()
        self._shoot_dialog(dialog, "dialog-restore", close=False)
        dialog.show_records.click()
        self._shoot_dialog(dialog, "dialog-restore-records")
        for _found in found:
            desk.register.undo()
        self._window.show_place("overview")
        page = self._window.page
        assert isinstance(page, OverviewPage)
        page.backup_note.setVisible(True)
        page.backup_note.show_suggestion()
        self._shoot("backup-note")
        page.backup_note.look()

    def menus(self) -> None:
        """The menus of the bar and that of the columns."""
        bar = self._window.menuBar()
        found = [menu for menu in bar.findChildren(QMenu) if menu.objectName()]
        columns = self._initiatives().table.make_column_menu()
        columns.setObjectName("columns")
        for menu in (*found, columns):
            menu.popup(self._window.mapToGlobal(QPoint(400, 100)))
            self._camera.shoot(menu, f"menu-{menu.objectName()}")
            menu.close()

    def table_import(self) -> None:
        """A list of another unit's kind: its columns, then its rows."""
        shoot_table_import(self._window, self._folder, self._shoot_dialog)

    def measures(self) -> None:
        """Measurements from a table and a questionnaire: columns, answers, and what becomes of them."""
        shoot_measures(self._window, self._id_of(MAIN), self._folder, self._shoot_dialog)

    def packs(self) -> None:
        """A pack of two cases seen by another unit, and the cases once they are taken in."""
        chosen = [self._id_of(MAIN), self._id_of(LIGHT)]
        shoot_packs(
            self._window.desk.register,
            chosen,
            self._folder,
            lambda register: self._another_window(register, None),
            self._camera.shoot,
            self._shoot_dialog,
        )

    def reading_only(self) -> None:
        """A register that is open elsewhere."""
        with open_register(self._window.desk.register.path, write=False) as register:
            window = self._another_window(register, Problem("eksempel.coi er åben på en anden computer."))
            self._camera.shoot(window, "read-only")
            window.close()

    def empty(self) -> None:
        """A register without an initiative: every place that is offered there."""
        with create_register(self._folder / "register.coi") as register:
            window = self._another_window(register, None)
            for place in PLACES:
                if window.has_place(place.name):
                    window.show_place(place.name)
                    self._camera.shoot(window, f"empty-{place.name}")
            window.close()
