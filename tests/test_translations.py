"""The catalogues are complete, and no text for people stands outside them."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools.translations import (
    LOCALES,
    PACKAGE,
    compile_catalogues,
    iter_faults,
    placeholders,
    update_catalogues,
)
from tools.untranslated import find_untranslated

HEADER = (
    'msgid ""\nmsgstr ""\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Path]:
    """A small package with words in two areas, and an empty folder for its catalogues."""
    package = tmp_path / "coi_desktop"
    (package / "store").mkdir(parents=True)
    (package / "errors.py").write_text(
        '_("The file %(name)s is locked.")\nngettext("%(n)d file", "%(n)d files", 2)\n'
    )
    (package / "store" / "register.py").write_text('N_("Edit initiative")\n_("100 %")\nplain("No word")\n')
    return package, tmp_path / "locale"


def write_translations(locales: Path, area: str, text: str) -> None:
    (locales / "da").mkdir(parents=True, exist_ok=True)
    (locales / "da" / f"{area}.po").write_text(HEADER + text, encoding="utf-8")


COMPLETE_BASE = """\
msgid "%(n)d file"
msgid_plural "%(n)d files"
msgstr[0] "%(n)d fil"
msgstr[1] "%(n)d filer"

msgid "The file %(name)s is locked."
msgstr "Filen %(name)s er låst."
"""
COMPLETE_STORE = 'msgid "100 %"\nmsgstr "100 pct."\n\nmsgid "Edit initiative"\nmsgstr "Ret tiltag"\n'


def test_the_danish_catalogues_are_complete() -> None:
    assert list(iter_faults(PACKAGE, LOCALES)) == []


def test_every_text_for_people_is_marked() -> None:
    assert find_untranslated(PACKAGE) == []


def test_a_complete_catalogue_has_no_faults(house: tuple[Path, Path]) -> None:
    package, locales = house
    write_translations(locales, "base", COMPLETE_BASE)
    write_translations(locales, "store", COMPLETE_STORE)
    assert list(iter_faults(package, locales)) == []


@pytest.mark.parametrize(
    ("area", "text", "fault"),
    [
        ("store", COMPLETE_STORE.replace("Ret tiltag", ""), "da/store.po: not translated: 'Edit initiative'"),
        ("store", COMPLETE_STORE.replace("100 %", "99 %"), "da/store.po: missing: '100 %'"),
        ("store", COMPLETE_STORE.replace("100 %", "99 %"), "da/store.po: no longer used: '99 %'"),
        ("store", "#, fuzzy\n" + COMPLETE_STORE, "da/store.po: marked fuzzy: '100 %'"),
        (
            "base",
            COMPLETE_BASE.replace("Filen %(name)s", "Filen %(navn)s"),
            "da/base.po: other placeholders: 'The file %(name)s is locked.'",
        ),
        (
            "base",
            COMPLETE_BASE.replace("%(n)d filer", "filer"),
            "da/base.po: other placeholders: ('%(n)d file', '%(n)d files')",
        ),
        (
            "store",
            COMPLETE_STORE.replace('"Ret tiltag"', '"msgstr \\"Ret\\"tiltag"'),
            "da/store.po: holds the catalogue's own marks: 'Edit initiative'",
        ),
    ],
)
def test_a_fault_in_a_catalogue_is_named(house: tuple[Path, Path], area: str, text: str, fault: str) -> None:
    package, locales = house
    write_translations(locales, "base", COMPLETE_BASE)
    write_translations(locales, "store", COMPLETE_STORE)
    write_translations(locales, area, text)
    assert fault in list(iter_faults(package, locales))


def test_two_translations_of_one_text_are_named(house: tuple[Path, Path]) -> None:
    package, locales = house
    (package / "errors.py").write_text('_("Edit initiative")\n')
    write_translations(locales, "base", 'msgid "Edit initiative"\nmsgstr "Rediger tiltag"\n')
    write_translations(locales, "store", COMPLETE_STORE)
    assert list(iter_faults(package, locales)) == [
        "da/store.po: translated otherwise than in da/base.po: 'Edit initiative'"
    ]


def test_update_keeps_translations_drops_unused_ones_and_guesses_nothing(house: tuple[Path, Path]) -> None:
    package, locales = house
    write_translations(locales, "store", COMPLETE_STORE + '\nmsgid "Edit initiatives"\nmsgstr "Ret flere"\n')
    update_catalogues(package, locales)
    text = (locales / "da" / "store.po").read_text(encoding="utf-8")
    assert 'msgid "Edit initiative"\nmsgstr "Ret tiltag"' in text
    assert "Ret flere" not in text
    (package / "store" / "register.py").write_text('_("Edit initiative!")\n')
    update_catalogues(package, locales)
    text = (locales / "da" / "store.po").read_text(encoding="utf-8")
    assert 'msgid "Edit initiative!"\nmsgstr ""' in text
    assert "fuzzy" not in text


def test_update_twice_changes_nothing(house: tuple[Path, Path]) -> None:
    package, locales = house
    assert len(update_catalogues(package, locales)) == 2
    assert update_catalogues(package, locales) == []


def test_a_text_that_moves_takes_its_translation_along(house: tuple[Path, Path]) -> None:
    package, locales = house
    write_translations(locales, "store", COMPLETE_STORE)
    (package / "store" / "register.py").write_text("")
    (package / "errors.py").write_text('_("Edit initiative")\n')
    update_catalogues(package, locales)
    assert 'msgstr "Ret tiltag"' in (locales / "da" / "base.po").read_text(encoding="utf-8")
    assert "msgid" not in (locales / "da" / "store.po").read_text(encoding="utf-8").partition("\n\n")[2]


def test_the_compiled_catalogue_speaks_danish_from_every_area(house: tuple[Path, Path]) -> None:
    _, locales = house
    write_translations(locales, "base", COMPLETE_BASE)
    write_translations(locales, "store", COMPLETE_STORE)
    (compiled,) = compile_catalogues(locales)
    with compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Edit initiative") == "Ret tiltag"
    assert words.ngettext("%(n)d file", "%(n)d files", 1) == "%(n)d fil"
    assert words.ngettext("%(n)d file", "%(n)d files", 2) == "%(n)d filer"
    assert words.gettext("The file %(name)s is locked.") == "Filen %(name)s er låst."


def test_placeholders_are_seen_in_all_forms() -> None:
    assert placeholders("{count} of %(total)d in %s, 100 %% {{not}} {value:.2f}") == sorted(
        ["{count}", "%total", "%s", "{value}"]
    )


OFFENCES = [
    'raise Problem("The file is locked.")',
    'raise errors.Problem(_("Locked"), advice="Close it")',
    'raise Problem(f"{path} is locked")',
    'raise Problem(_("Locked") + " by Excel")',
    'raise Problem(_("a %s") % x, meaning="No data lost" if x else _("b"))',
    '@click.option("--lang", help="Language of the workbook")\ndef f(): ...',
    '@main.command()\ndef f():\n    """Undo the last step."""',
    '@main.command\ndef f():\n    """Undo the last step."""',
    'action = QAction("Fortryd", self)',
    'menu.addAction("Fortryd")',
    'label.setText("Gemt")',
    'label.setText(", ".join(["Gemt", time]))',
    'label.setText("Gemt {}".format(time))',
    'button.setToolTip("Gem")',
    'edit.setAccessibleName("Titel")',
    'click.echo("done")',
    'yield Progress(1, 2, "Writing")',
    'EDIT = Op("edit", "Edit initiative") if x else Op(name="b", message=N_("B"))',
    'label.setText(_(f"Saved {time}"))',
]
FAIR = [
    'raise Problem(_("Locked"), advice=_("Close {path}").format(path=path), code="target_locked")',
    'raise ValueError("a bug")',
    "label.setText(title)",
    'label.setText(f"{first} – {second}")',
    'label.setText("%d %%" % share)',
    'label.setText(ngettext("%d file", "%d files", n) % n)',
    'click.echo("  {name}: {before} → {now:.2f}".format(name=name))',
    'window.setWindowTitle("COI Desktop")',
    'window.setObjectName("main window")',
    '@click.option("--lang", help=_("Language of the workbook"))\ndef f(): ...',
    '@main.command(help=_("Undo"))\ndef f():\n    """Undo the last step, see history."""',
    'EDIT = Op("edit_initiative", N_("Edit initiative"))',
    'log.info("The register was opened")',
]


@pytest.mark.parametrize("source", OFFENCES)
def test_a_planted_text_outside_the_marks_is_found(source: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(source + "\n", encoding="utf-8")
    assert len(find_untranslated(tmp_path)) == 1


@pytest.mark.parametrize("source", FAIR)
def test_marked_texts_and_what_nobody_reads_pass(source: str, tmp_path: Path) -> None:
    (tmp_path / "fair.py").write_text(source + "\n", encoding="utf-8")
    assert find_untranslated(tmp_path) == []
