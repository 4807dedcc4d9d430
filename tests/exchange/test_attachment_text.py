"""The text of attachments of every kind that people write in, and of files that are meant to hurt."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coi_desktop.exchange.attachment_text import AttachmentText, read_attachment_text
from coi_desktop.exchange.limited_child import Limits
from coi_desktop.models.progress import run_to_end

NUMBER = "010188-5000"  # of somebody born in 1888
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def read(path: Path, limits: Limits | None = None) -> AttachmentText:
    return run_to_end(read_attachment_text(path, limits=limits) if limits else read_attachment_text(path))


def words(path: Path) -> str:
    found = read(path)
    assert found.reason == ""
    return "\n".join(text.text for text in found.texts)


def make_zip(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def make_docx(path: Path, body: str, **more: str) -> Path:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return make_zip(path, {"[Content_Types].xml": TYPES, "word/document.xml": document, **more})


def test_a_number_that_word_keeps_in_several_runs_is_one_text(tmp_path: Path) -> None:
    runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in ("Nr. 0101", "88-5000"))
    body = f"<w:p>{runs}</w:p><w:p><w:r><w:t>To</w:t></w:r></w:p>"
    path = make_docx(tmp_path / "a.docx", body)
    assert words(path).splitlines() == [f"Nr. {NUMBER}", "To"]


def test_headers_comments_and_who_wrote_it_are_read_too(tmp_path: Path) -> None:
    part = f'<w:x xmlns:w="{WORD}"><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:x>'
    core = '<c:p xmlns:c="x" xmlns:dc="y"><dc:creator>Kirsten Åberg</dc:creator></c:p>'
    path = make_docx(
        tmp_path / "a.docx",
        "",
        **{
            "word/header1.xml": part.format("Hoved"),
            "word/comments.xml": part.format(f"Kommentar {NUMBER}"),
            "docProps/core.xml": core,
        },
    )
    found = words(path)
    assert "Hoved" in found
    assert f"Kommentar {NUMBER}" in found
    assert "Kirsten Åberg" in found


def test_cells_tell_their_place_and_the_lost_zero(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Borgere")
        sheet.write("B3", 101885000)
        sheet.write("C4", NUMBER)
        sheet.write_comment("C4", "Talt med Kirsten Åberg")
        book.add_worksheet("Skjult").write("A1", "gemt")
        book.worksheets()[1].hide()
    found = read(path)
    places = {text.place: text for text in found.texts}
    assert places["a.xlsx, celle Borgere B3"].text == "101885000"
    assert places["a.xlsx, celle Borgere B3"].is_cell
    assert places["a.xlsx, celle Borgere C4"].text == NUMBER
    assert places["a.xlsx, celle Skjult A1"].text == "gemt"
    assert any("Kirsten Åberg" in text.text for text in found.texts)


def test_a_stored_file_has_no_ending_and_is_read_all_the_same(tmp_path: Path) -> None:
    import xlsxwriter

    named = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(named) as book:
        book.add_worksheet().write("A1", NUMBER)
    stored = named.rename(tmp_path / "0f3a")
    assert NUMBER in words(stored)


def test_slides_and_open_documents(tmp_path: Path) -> None:
    slide = f'<p:s xmlns:p="p" xmlns:a="{DRAWING}"><a:p><a:r><a:t>{NUMBER}</a:t></a:r></a:p></p:s>'
    slides = make_zip(tmp_path / "a.pptx", {"[Content_Types].xml": TYPES, "ppt/slides/slide1.xml": slide})
    assert words(slides) == NUMBER
    content = '<o:d xmlns:o="o" xmlns:t="t"><t:p>Nr.<t:s/>0101<t:span>88</t:span>-5000</t:p></o:d>'
    mime = "application/vnd.oasis.opendocument.text"
    assert words(make_zip(tmp_path / "a.odt", {"mimetype": mime, "content.xml": content})) == f"Nr. {NUMBER}"


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    path = tmp_path / "a.pdf"
    with PdfPages(path, metadata={"Author": "Kirsten Åberg"}) as pages:
        for text in ("Forside", f"Nr. {NUMBER}"):
            figure = Figure()
            figure.text(0.1, 0.5, text)
            pages.savefig(figure)
    places = {text.text.strip(): text.place for text in read(path).texts}
    assert places[f"Nr. {NUMBER}"] == "a.pdf, side 2"
    assert places["Kirsten Åberg"] == "a.pdf, filens egenskaber"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_plain_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Blåbærgrød {NUMBER}", encoding=encoding)
    assert words(path) == f"Blåbærgrød {NUMBER}"


def test_pictures_and_empty_files_have_no_text(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert read(picture) == AttachmentText((), "unsupported")
    empty = tmp_path / "a.txt"
    empty.touch()
    assert read(empty) == AttachmentText(())
    assert read(tmp_path / "gone.txt").reason == "unreadable"


def test_files_that_are_meant_to_hurt_are_told_of_and_not_read(tmp_path: Path) -> None:
    bomb = make_docx(tmp_path / "bomb.docx", "<w:p>" + " " * 30_000_000 + "</w:p>")
    assert read(bomb).reason == "unsafe"
    entities = make_zip(
        tmp_path / "entities.docx",
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        },
    )
    assert read(entities).reason == "unreadable"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    assert read(broken).reason == "unreadable"


def test_a_file_that_takes_too_long_ends_its_child(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "long.docx", "<w:p><w:r><w:t>ord</w:t></w:r></w:p>" * 400_000)
    assert read(path, Limits(seconds=1)).reason in ("limits", "unsafe")
