"""Documents of formats whose bytes are no text, made as their programs make them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

TEXT = b"Brunnen\n\nDer Brunnen am Markt sprudelt wieder.\n"
PAGE = (
    "<!DOCTYPE html><html><head><title>Turm</title></head><body><article><h1>Turm</h1>"
    "<p>Der Turm von St. Egidien wird um ein Stockwerk höher, sagt der Rat.</p></article></body></html>"
).encode()


def zipped(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """A tar file of these members, packed with gzip."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as packed:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return gzip.compress(target.getvalue(), mtime=0)


def warc(answers: Mapping[str, tuple[str, str, bytes]]) -> bytes:
    """A WARC file of answers: address -> status, type and content; each record packed by itself."""
    found = b""
    for url, (status, kind, content) in answers.items():
        answer = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-07-01T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(found)}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        found += gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)
    return found


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(paragraphs: Mapping[str, str], properties: str = "") -> bytes:
    """A Word document: text -> style of each paragraph; `properties` is XML of its core properties."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for text, style in paragraphs.items()
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>"
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>".encode(),
            "docProps/core.xml": core.encode(),
        }
    )


def epub(chapters: Mapping[str, str], title: str = "Heft", head: str = "") -> bytes:
    """An EPUB of chapters: name -> XHTML of the body; `head` is XHTML in each of their heads."""
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n, _ in enumerate(chapters))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:date>2016-05-04</dc:date></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    pages = {
        f"OEBPS/{name}": f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'.encode()
        for name, body in chapters.items()
    }
    members = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    return zipped({**members, "OEBPS/content.opf": package.encode(), **pages}, zipfile.ZIP_STORED)


def pdf(lines: list[str], about: str = "") -> bytes:
    """A PDF of one page with these lines below each other; `about` are entries of its information."""
    return printed([(50, 780 - 14 * number, 11, line) for number, line in enumerate(lines)], about)


def printed(lines: list[tuple[int, int, int, str]], about: str = "") -> bytes:
    """A PDF of one page: where each line of Windows-1252 text begins, from the lower left, its size and text."""
    content = b""
    for left, bottom, size, line in lines:
        text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        content += b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, left, bottom, text)
    return pages([content], about)


def pages(contents: list[bytes], about: str = "") -> bytes:
    """A PDF of pages: what draws each of them."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % about.encode("cp1252"),
    ]
    for content in contents:
        objects += (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects) + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        )
    found, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(found))
    return found + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer
