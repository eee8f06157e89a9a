"""XML is read without what its authors could do to us."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Problem
from indexer.formats import xml
from search import Article
from tests.reading.sample import read_text, the_article, the_problem

NITF = "<nitf><body><body.content><p>{}</p></body.content></body></nitf>"
LAUGHS = '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, "<!DOCTYPE nitf [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>"])
def test_entities_of_a_document_are_refused(tmp_path: Path, prolog: str) -> None:
    """A document that declares entities, whatever they stand for, is not read."""
    found = read_text(tmp_path, "a.xml", prolog + NITF.format("&a;"))
    assert "declares entities of its own" in the_problem(found).message


def test_names_of_characters_are_read(tmp_path: Path) -> None:
    """Names that HTML knows are characters, with a document type or without; others stay as they stand."""
    for prolog in ("", '<!DOCTYPE nitf SYSTEM "nitf.dtd">'):
        article = the_article(read_text(tmp_path, "a.xml", prolog + NITF.format("M&uuml;ll &amp; &laune;")))
        assert article.body == "Müll & &laune;"


def test_wrong_encodings_are_mended(tmp_path: Path) -> None:
    """A document in Windows-1252 is read, whatever it says of itself."""
    data = ('<?xml version="1.0" encoding="UTF-8"?>' + NITF.format("Straße in Köln")).encode("cp1252")
    assert the_article(read_text(tmp_path, "a.xml", data)).body == "Straße in Köln"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("<nitf>" + "<p>" * 500, "nests more than 200 elements"),
        ("<nitf><p>", "is not sound XML (no element found)"),
        ("<nitf><p></nitf>", "is not sound XML (mismatched tag)"),
        ('<?xml version="1.0" encoding="UTF-88"?><TEI/>', "(unknown encoding: UTF-88); export it in UTF-8"),
        ('<?xml version="1.0" encoding="big5"?><TEI>ä</TEI>', "(multi-byte encodings are not supported); export"),
        ('<?xml version="1.0" encoding="idna"?><TEI/>', "is in an encoding that XML is not read in"),
    ],
)
def test_what_is_no_sound_xml_is_told(tmp_path: Path, document: str, message: str) -> None:
    """What is wrong with a document is said in a sentence."""
    assert message in the_problem(read_text(tmp_path, "a.xml", document)).message


def test_elements_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of more elements than any article has is refused while it is read."""
    monkeypatch.setattr(xml._Limited.__init__, "__defaults__", (1000,))
    monkeypatch.setattr(xml.parse_text, "__defaults__", (1000,))
    assert "more than 1,000 elements" in the_problem(read_text(tmp_path, "a.xml", "<nitf>" + "<p/>" * 2000)).message


def test_a_bad_part_does_not_stop_the_others(tmp_path: Path) -> None:
    """Of several articles in one document, one without a text, or that nobody can parse in time, is one problem."""
    item = '<newsItem guid="{0}"><contentSet><inlineXML><p>{0}</p></inlineXML></contentSet></newsItem>'
    message = f"<newsMessage>{item.format('1')}<newsItem/>{item.format('3')}</newsMessage>"
    text = "<TEI><text><p>Ein Text.</p></text></TEI>"
    page = "<page><title>{0}</title><ns>0</ns><revision><text>{1}</text></revision></page>"
    dump = (
        f"<mediawiki>{page.format('a', 'Text.')}{page.format('b', '{{x|' * 200)}{page.format('c', 'Text.')}</mediawiki>"
    )
    for name, data in (("a.xml", message), ("a.tei", f"<teiCorpus>{text}<TEI/>{text}</teiCorpus>"), ("b.xml", dump)):
        found = read_text(tmp_path, name, data)
        assert [type(each) for each in found] == [Article, Problem, Article], name
