"""The message catalogues: collected from the source, checked, and compiled for gettext.

    python tools/translations.py update [AREA...]    bring resources/locale/da/<area>.po up to the source
    python tools/translations.py compile             write resources/locale/da/LC_MESSAGES/coi_desktop.mo
    python tools/translations.py check               list what is missing or wrong, exit status 1 if anything

The message id is the English text itself. An area is a package of coi_desktop; the modules beside the
packages are the area `base`. One catalogue an area keeps the files small and the work of several people
apart. `update` keeps every translation, drops what the source no longer says, and never guesses: a changed
text starts empty.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coi_desktop"
LOCALES = ROOT / "resources" / "locale"
DOMAIN = "coi_desktop"
LANGUAGES = ("da",)
AREAS = ("base", "models", "store", "exchange", "operations", "cli", "ui")

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(
    r"%\((\w+)\)[-#0 +]*[\d.]*[a-zA-Z]|(?<!\{)\{(\w*)(?:![rsa])?(?::[^{}]*)?\}(?!\})|(%[sdrfi])"
)
#: What stands in a translation only when a catalogue was put together wrongly.
CATALOGUE_MARK = re.compile(r"\bmsg(?:id|str)\b")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def area_of(source: Path, package: Path) -> str:
    """The area whose catalogue holds the words of one source file."""
    first = source.relative_to(package).parts[0].removesuffix(".py")
    return first if first in AREAS else "base"


def extract_messages(package: Path) -> dict[str, Catalog]:
    """Everything the source says to people: area -> catalogue without translations.

    Raises ValueError when one text is used both with and without a plural in the same area.
    """
    catalogues = {area: Catalog(fuzzy=False) for area in AREAS}
    for source in sorted(package.rglob("*.py")):
        catalogue = catalogues[area_of(source, package)]
        for line, texts, _comments, _context in extract_from_file("python", source, keywords=KEYWORDS):
            parts = (texts,) if isinstance(texts, str) else tuple(texts)
            if not parts[0]:
                continue
            known = catalogue.get(parts[0])
            if known is not None and known.pluralizable != (len(parts) > 1):
                raise ValueError(f"{source}:{line}: {parts[0]!r} is used both with and without a plural")
            catalogue.add(parts if len(parts) > 1 else parts[0])
    return catalogues


def read_catalogue(path: Path, language: str) -> Catalog:
    """One .po file; an empty catalogue where there is none."""
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_catalogue(path: Path, catalogue: Catalog, language: str) -> bool:
    """Writes one .po file, sorted and without places and dates; whether its content changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".po.new")
    with temporary.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        write_po(file, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    text = temporary.read_bytes().rstrip(b"\n") + b"\n"
    if path.exists() and path.read_bytes() == text:
        temporary.unlink()
        return False
    temporary.write_bytes(text)
    temporary.replace(path)
    return True


def update_catalogues(package: Path, locales: Path, areas: tuple[str, ...] = AREAS) -> list[Path]:
    """Brings the .po files of these areas up to the source; the files that changed.

    A text that moved to another area takes its translation with it; nothing else is carried over.
    """
    changed = []
    said = extract_messages(package)
    for language in LANGUAGES:
        folder = locales / language
        translated = {
            message.id: message.string
            for path in sorted(folder.glob("*.po"))
            for message in read_catalogue(path, language)
            if message.id and not message.fuzzy and is_translated(message)
        }
        for area in areas:
            path = folder / f"{area}.po"
            old = read_catalogue(path, language)
            new = Catalog(locale=language, fuzzy=False)
            for message in said[area]:
                if message.id:
                    before = old.get(message.id if isinstance(message.id, str) else message.id[0])
                    keep = before is not None and is_translated(before) and before.id == message.id
                    string = before.string if before is not None and keep else translated.get(message.id, "")
                    new.add(message.id, string)
            if (len(new) or path.exists()) and write_catalogue(path, new, language):
                changed.append(path)
    return changed


def all_forms(message: Message) -> tuple[str | None, ...]:
    """The translation in every plural form; one form where there is no plural."""
    return tuple(message.string) if isinstance(message.string, (list, tuple)) else (message.string,)


def is_translated(message: Message) -> bool:
    """Whether the message has a text in every plural form."""
    forms = all_forms(message)
    return all(forms) and len(forms) == (2 if message.pluralizable else 1)


def placeholders(text: str) -> list[str]:
    """The places in a text where a value is put in: `%(name)s`, `%s`, `{name}`; sorted."""
    bare = text.replace("%%", "")
    return sorted(
        f"%{named}" if named else direct or "{" + braced + "}"
        for named, braced, direct in PLACEHOLDER.findall(bare)
    )


def has_other_placeholders(message: Message) -> bool:
    """Whether a translation puts in other values than its text does."""
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    forms = [form or "" for form in all_forms(message)]
    # A singular may leave the number out ("one file"); a plural may not lose or invent anything.
    wanted = [placeholders(text) for text in ids]
    return any(placeholders(form) not in wanted for form in forms) or placeholders(forms[-1]) != wanted[-1]


def iter_faults(package: Path, locales: Path) -> Iterator[str]:
    """Every fault of the catalogues, one line each."""
    said = extract_messages(package)
    for language in LANGUAGES:
        first_seen: dict[str, tuple[str, object]] = {}
        for area in AREAS:
            name = f"{language}/{area}.po"
            catalogue = read_catalogue(locales / language / f"{area}.po", language)
            wanted = {message.id for message in said[area] if message.id}
            there = {message.id: message for message in catalogue if message.id}
            yield from (f"{name}: missing: {text!r}" for text in sorted(wanted - there.keys(), key=str))
            yield from (
                f"{name}: no longer used: {text!r}" for text in sorted(there.keys() - wanted, key=str)
            )
            for text, message in there.items():
                yield from (f"{name}: {fault}: {text!r}" for fault in faults_of(message))
                other, string = first_seen.setdefault(str(text), (name, message.string))
                if string != message.string and is_translated(message):
                    yield f"{name}: translated otherwise than in {other}: {text!r}"


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "marked fuzzy"
    if not is_translated(message):
        yield "not translated"
    elif has_other_placeholders(message):
        yield "other placeholders"
    if any(CATALOGUE_MARK.search(form or "") for form in all_forms(message)):
        yield "holds the catalogue's own marks"


def compile_catalogues(locales: Path) -> list[Path]:
    """Merges the areas of each language into one .mo file; the files written."""
    written = []
    for language in LANGUAGES:
        merged = Catalog(locale=language, fuzzy=False, charset="utf-8")
        for path in sorted((locales / language).glob("*.po")):
            for message in read_catalogue(path, language):
                if message.id and not message.fuzzy and is_translated(message):
                    merged.add(message.id, message.string)
        target = locales / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".new")
        with temporary.open("wb") as file:
            write_mo(file, merged)
        temporary.replace(target)
        written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="The message catalogues of COI Desktop.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="bring the .po files up to the source").add_argument(
        "areas", nargs="*", help="only these areas: " + ", ".join(AREAS)
    )
    commands.add_parser("compile", help="write the .mo files")
    commands.add_parser("check", help="exit status 1 when a translation is missing or wrong")
    options = parser.parse_args(arguments)
    if options.command == "update":
        unknown = sorted(set(options.areas) - set(AREAS))
        if unknown:
            parser.error(f"no such area: {', '.join(unknown)}; there are {', '.join(AREAS)}")
        for path in update_catalogues(PACKAGE, LOCALES, tuple(options.areas) or AREAS):
            print(path.relative_to(ROOT))
    elif options.command == "compile":
        for path in compile_catalogues(LOCALES):
            print(path.relative_to(ROOT))
    else:
        faults = list(iter_faults(PACKAGE, LOCALES))
        print("\n".join(faults) if faults else "The translations are complete.")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
