"""ZIP files from strangers, read by rules of our own instead of by a library that forgives.

A pack must read the same to every program: local and central headers must agree, the entries must lie one
after the other without gap, overlap or junk, and nothing is believed that was not counted. Nothing is ever
written, and no name is ever used as a path.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from coi_desktop.exchange.pack_faults import PackFaultError, in_file, shown
from coi_desktop.i18n import _

MEGABYTE = 1_000_000

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK, _DESCRIPTOR_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\7\x08"

_STORED, _DEFLATED = 0, 8
_HAS_DESCRIPTOR, _IS_UTF8 = 0x0008, 0x0800
_KNOWN_FLAGS = 0x0006 | _HAS_DESCRIPTOR | _IS_UTF8
_ENCRYPTED = 0x0001
_ZIP64 = 0xFFFFFFFF
_ZIP64_EXTRA, _UNICODE_PATH_EXTRA = 0x0001, 0x7075
_UNIX = 3
_CHUNK = 1 << 16
_PIECE = 1 << 20
_LONGEST_NAME = 200
_PLAIN = frozenset("-_.,()+=&'!@ ")


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What a pack may hold: entries, bytes of one file and of all (unpacked), unpacked bytes per packed byte.

    The ratio counts from ``small`` bytes on: a short list of equal rows packs very well and harms nobody.
    """

    entries: int = 2_000
    file_bytes: int = 100 * MEGABYTE
    total_bytes: int = 500 * MEGABYTE
    ratio: int = 200
    small: int = 1 * MEGABYTE


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file of a ZIP: its name, where its bytes lie, and what the directory says of them."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int
    start: int = 0

    @property
    def end(self) -> int:
        """The offset behind the packed bytes."""
        return self.start + self.packed


def read_directory(file: BinaryIO, limits: ZipLimits) -> tuple[ZipEntry, ...]:
    """The files of a ZIP in the order they lie in it, after every check that needs no unpacking.

    Raises PackFaultError. Folders that are listed are checked and left out.
    """
    length = file.seek(0, 2)
    if length > limits.total_bytes:
        raise _too_big()
    count, size, offset = _read_end(file, length)
    if count > limits.entries:
        raise _too_many(count, limits)
    file.seek(offset)
    directory = file.read(size)
    listed = _parse_directory(directory, count)
    entries = _placed(file, listed, offset)
    _check_sizes(entries, limits)
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        raise in_file(twice, _("the name stands twice"))
    return _without_folders(entries)


def iter_content(file: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    """The unpacked bytes of a file in pieces of at most one MiB, counted and checked as they come.

    Raises PackFaultError when length or checksum differ from what the directory says.
    """
    file.seek(entry.start)
    done, crc = 0, 0
    for piece in _inflated(file, entry) if entry.method == _DEFLATED else _stored(file, entry):
        done += len(piece)
        if done > entry.size:
            raise _damaged(entry)
        crc = zlib.crc32(piece, crc)
        yield piece
    if done != entry.size or crc != entry.crc:
        raise _damaged(entry)


def _stored(file: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    left = entry.packed
    while left:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise _damaged(entry)
        left -= len(piece)
        yield piece


def _inflated(file: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    left, packed = entry.packed, b""
    while not unpack.eof:
        if not packed:
            packed = file.read(min(left, _CHUNK))
            left -= len(packed)
        is_last = not packed
        try:
            piece = unpack.decompress(packed, _PIECE)
        except zlib.error as error:
            raise _damaged(entry) from error
        packed = unpack.unconsumed_tail
        if piece:
            yield piece
        elif is_last:
            raise _damaged(entry)
    if left or packed or unpack.unused_data:
        raise _damaged(entry)


def _damaged(entry: ZipEntry) -> PackFaultError:
    return in_file(entry.name, _("its bytes are not those the pack promises"))


def _too_big() -> PackFaultError:
    return PackFaultError(_("it is larger than a case pack may be."))


def _too_many(count: int, limits: ZipLimits) -> PackFaultError:
    return PackFaultError(
        _("it holds {count} files; at most {most} are read.").format(count=count, most=limits.entries)
    )


def _not_a_zip() -> PackFaultError:
    return PackFaultError(
        _("it is not a case pack, or it is cut off or damaged."),
        advice=_("See that you chose the right file, or ask the sender to send it anew."),
    )


def _read_end(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Number of entries, length and offset of the directory, which must end the file."""
    if length < _END.size:
        raise _not_a_zip()
    file.seek(length - _END.size)
    mark, disk, first_disk, here, count, size, offset, comment = _END.unpack(file.read(_END.size))
    if mark != _END_MARK or comment or disk or first_disk or here != count or count == 0:
        raise _not_a_zip()
    if _ZIP64 in (size, offset) or offset + size != length - _END.size:
        raise _not_a_zip()
    return count, size, offset


def _parse_directory(directory: bytes, count: int) -> list[ZipEntry]:
    listed: list[ZipEntry] = []
    place = 0
    for _number in range(count):
        if place + _CENTRAL.size > len(directory):
            raise _not_a_zip()
        fields = _CENTRAL.unpack_from(directory, place)
        mark, made_by, _needed, flags, method, _time, _date, crc, packed, size = fields[:10]
        name_length, extra_length, comment_length, disk, _internal, attributes, header = fields[10:]
        place += _CENTRAL.size
        raw = directory[place : place + name_length]
        extra = directory[place + name_length : place + name_length + extra_length]
        place += name_length + extra_length + comment_length
        if mark != _CENTRAL_MARK or disk or place > len(directory):
            raise _not_a_zip()
        name = parse_name(raw, is_utf8=bool(flags & _IS_UTF8))
        _check_kind(name, flags, method, attributes if made_by >> 8 == _UNIX else 0, extra)
        if _ZIP64 in (packed, size, header):
            raise _too_big()
        listed.append(ZipEntry(name, flags, method, crc, packed, size, header))
    if place != len(directory):
        raise _not_a_zip()
    return listed


def _check_kind(name: str, flags: int, method: int, attributes: int, extra: bytes) -> None:
    if flags & _ENCRYPTED:
        raise in_file(name, _("it is locked with a password"))
    if flags & ~_KNOWN_FLAGS or method not in (_STORED, _DEFLATED):
        raise in_file(name, _("it is packed in a way that is not read"))
    mode = attributes >> 16
    allowed = (0, stat.S_IFDIR) if name.endswith("/") else (0, stat.S_IFREG)
    if stat.S_IFMT(mode) not in allowed or mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX):
        raise in_file(name, _("it is not an ordinary file"))
    while extra:
        if len(extra) < 4:
            raise _not_a_zip()
        kind, length = struct.unpack_from("<2H", extra)
        if kind in (_ZIP64_EXTRA, _UNICODE_PATH_EXTRA) or 4 + length > len(extra):
            raise in_file(name, _("it is packed in a way that is not read"))
        extra = extra[4 + length :]


def parse_name(raw: bytes, *, is_utf8: bool) -> str:
    """The name of an entry when it is a plain relative path, else PackFaultError.

    Letters and digits of any script, blanks and a few signs; no ``..``, no hidden or absolute path, no drive,
    no sign that only looks like a slash. The name is never used as a path all the same.
    """
    try:
        name = raw.decode("utf-8" if is_utf8 else "ascii")
    except UnicodeDecodeError as error:
        raise PackFaultError(_("a file in it has a name that cannot be read.")) from error
    check_path(name.removesuffix("/"))
    return name


def check_path(path: str) -> None:
    """Raises PackFaultError for a path that is not plain: see ``parse_name``."""
    segments = path.split("/")
    if (
        not path
        or len(path) > _LONGEST_NAME
        or not all(_is_plain(segment) for segment in segments)
        or unicodedata.normalize("NFC", path) != path
    ):
        raise PackFaultError(
            _("a file in it has a name that is not allowed: “{name}”.").format(name=shown(path)),
            advice=_("Do not import this pack unless you know its sender well; ask how it was made."),
        )


def _is_plain(segment: str) -> bool:
    return (
        bool(segment)
        and segment[0] not in ". -~"
        and segment[-1] not in ". "
        and all(letter.isalnum() or letter in _PLAIN for letter in segment)
    )


def _placed(file: BinaryIO, listed: list[ZipEntry], directory: int) -> list[ZipEntry]:
    """The entries with where their bytes begin; they must fill the file up to the directory, end to end."""
    placed: list[ZipEntry] = []
    expected = 0
    for entry in sorted(listed, key=lambda one: one.header):
        if entry.header != expected:
            raise PackFaultError(_("the files in it overlap or have something hidden between them."))
        start = _check_local(file, entry)
        found = ZipEntry(
            entry.name, entry.flags, entry.method, entry.crc, entry.packed, entry.size, entry.header, start
        )
        expected = found.end + _descriptor_length(file, found)
        if expected > directory:
            raise PackFaultError(_("the files in it overlap or have something hidden between them."))
        placed.append(found)
    if expected != directory:
        raise PackFaultError(_("the files in it overlap or have something hidden between them."))
    return placed


def _check_local(file: BinaryIO, entry: ZipEntry) -> int:
    file.seek(entry.header)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        raise _not_a_zip()
    mark, _needed, flags, method, _time, _date, *said, name_length, extra_length = _LOCAL.unpack(head)
    raw = file.read(name_length)
    encoded = entry.name.encode("utf-8" if entry.flags & _IS_UTF8 else "ascii")
    promised = [entry.crc, entry.packed, entry.size]
    later = entry.flags & _HAS_DESCRIPTOR and said == [0, 0, 0]
    if mark != _LOCAL_MARK or raw != encoded or (flags, method) != (entry.flags, entry.method):
        raise in_file(entry.name, _("the pack contradicts itself about it"))
    if said != promised and not later:
        raise in_file(entry.name, _("the pack contradicts itself about it"))
    return entry.header + _LOCAL.size + int(name_length) + int(extra_length)


def _descriptor_length(file: BinaryIO, entry: ZipEntry) -> int:
    """The length of the record that some programs write behind the bytes of a file, after checking it."""
    if not entry.flags & _HAS_DESCRIPTOR:
        return 0
    file.seek(entry.end)
    record = file.read(16)
    marked = record[:4] == _DESCRIPTOR_MARK
    said = record[4:16] if marked else record[:12]
    if said != struct.pack("<3L", entry.crc, entry.packed, entry.size):
        raise in_file(entry.name, _("the pack contradicts itself about it"))
    return 16 if marked else 12


def _check_sizes(entries: list[ZipEntry], limits: ZipLimits) -> None:
    for entry in entries:
        is_bomb = entry.size > limits.small and entry.size > limits.ratio * entry.packed
        if entry.size > limits.file_bytes or is_bomb:
            raise in_file(entry.name, _("it unpacks to more than a case pack may hold"))
        if entry.method == _STORED and entry.size != entry.packed:
            raise in_file(entry.name, _("the pack contradicts itself about it"))
    if sum(entry.size for entry in entries) > limits.total_bytes:
        raise _too_big()


def _without_folders(entries: list[ZipEntry]) -> tuple[ZipEntry, ...]:
    files = tuple(entry for entry in entries if not entry.name.endswith("/"))
    folders = {entry.name.removesuffix("/") for entry in entries if entry.name.endswith("/")}
    for entry in files:
        parts = entry.name.split("/")
        folders |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
    for entry in entries:
        if entry.name in folders or (entry.name.endswith("/") and entry.size):
            raise in_file(entry.name, _("it is both a file and a folder"))
    return files
