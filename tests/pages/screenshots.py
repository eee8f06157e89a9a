"""Pictures of every kind of page, to be looked at: phone and desktop, light and dark.

    make screenshots

Indexes seeds/ into a temporary folder, serves it, photographs the pages into build/screenshots, and puts those
that the README shows into docs/.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from indexer.pipeline import Job, index
from search import Article, NewsDate, write_archive
from tests.browser import FLAGS, chromium
from web import create_app

ROOT = Path(__file__).parents[2]
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAGES = {
    "start": "/",
    "results": "/suche?q=Berlin",
    "facets": "/suche?q=Bundeskanzler&section=Politik&from=1949&to=1991",
    "compact": "/suche?q=Deutschland&view=compact",
    "relaxed": "/suche?q=Mondlandung+Reichstag+Elbe",
    "article": "/artikel/txt/1989-11-10-mauerfall.txt?q=Berlin&rank=1",
    "person": "/person/Willy%20Brandt",
    "place": "/ort/Berlin",
    "unknown": "/person/Wily%20Brant",
    "names": "/namen",
    "letter": "/namen?type=person&prefix=S",
    "values": "/suche/personen?q=Berlin",
    "versions": "/fassungen?id=morgen",
    "changes": "/aenderungen?a=morgen&b=abend",
    "collapsed": "/suche?q=Rhein+Pegel&collapse=1",
    "help": "/hilfe",
    "curves": "/kurven?q=Bundestag&q=Berlin&q=Fu%C3%9Fball",
    "curves-of-reports": "/kurven?q=Rhein&unit=day&from=1993-12&to=1993-12&collapse=1",
    "concordance": "/konkordanz?q=Berlin&order=right",
    "typical": "/typisch?q=Bundestag",
    "comparison": "/vergleich?q=Bundestag&other_q=Berlin",
    "record": "/beleg?q=Berlin&place=Berlin",
    "advanced": "/suche/erweitert",
    "advanced-filled": "/suche/erweitert?q=Mauer+ODER+Wende&place=Berlin&source=Nachlese&from=1989&sort=oldest",
    "similar": "/aehnlich?id=txt/1989-11-10-mauerfall.txt",
    "empty": "/suche?q=Quastenflosser&from=1989&to=1989",
    "error": "/gibtesnicht",
    "statement": "/barrierefreiheit",
    "english-start": "/en/",
    "english-results": "/en/suche?q=Berlin",
    "english-article": "/en/artikel/txt/1989-11-10-mauerfall.txt?q=Berlin&rank=1",
    "english-person": "/en/person/Willy%20Brandt",
    "english-collapsed": "/en/suche?q=Rhein+Pegel&collapse=1",
    "english-versions": "/en/fassungen?id=morgen",
    "english-comparison": "/en/vergleich?q=Bundestag&other_q=Berlin",
    "english-record": "/en/beleg?q=Berlin&place=Berlin",
    "english-empty": "/en/suche?q=Quastenflosser&from=1989&to=1989",
    "english-curves": "/en/kurven?q=Bundestag&q=Berlin",
    "english-help": "/en/hilfe",
    "english-advanced": "/en/suche/erweitert",
    "english-statement": "/en/barrierefreiheit",
}


SHOWN = {"results-desktop-light.png": "results.png", "article-desktop-dark.png": "article.png"}


def main(folder: Path, shown: Path) -> None:
    """Photograph all PAGES on all SCREENS in both colour schemes into `folder`, and copy those SHOWN."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        index(Job((str(ROOT / "seeds"),), Path(directory), jobs=1))
        _add_copies(Path(directory))
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, create_app(directory), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        for screen in SCREENS:
            for scheme in SCHEMES:
                _photograph(browser, f"http://127.0.0.1:{server.server_port}", screen, scheme, folder)
        browser.close()
        server.shutdown()
        server.server_close()
    for name, target in SHOWN.items():
        shutil.copyfile(folder / name, shown / target)


def _add_copies(directory: Path) -> None:
    """Add three versions of a report, as seeds/ has none."""
    report = (
        "Der Pegel des Rheins ist in Köln auf {} Meter gestiegen. Die Altstadt ist überflutet, die Feuerwehr bringt "
        "Bewohner mit Booten in Sicherheit.\n\nAm Wochenende erwarten die Meteorologen weiteren Regen. {}"
    )
    versions = (
        ("morgen", "Morgenpost", "1993-12-22", "Hochwasser in Köln", "10,50", ""),
        ("abend", "Abendblatt", "1993-12-23", "Köln unter Wasser", "10,63", "Die Schulen bleiben geschlossen."),
        ("bote", "Rheinbote", "1993-12-23", "Der Rhein steigt und steigt", "10,61", "Auch Bonn ist betroffen. (dpa)"),
    )
    with write_archive(directory) as writer:
        for id, source, day, title, level, end in versions:
            writer.put(Article(id, report.format(level, end), title, NewsDate(day), source))


def _photograph(browser: Browser, base: str, screen: str, scheme: Literal["light", "dark"], folder: Path) -> None:
    size: Any = SCREENS[screen]
    context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.goto("/")  # fonts are in the cache from here on, as they are for a reader
    for name, path in PAGES.items():
        page.goto(path)
        page.screenshot(path=folder / f"{name}-{screen}-{scheme}.png")
    for name, open_it in {"suggestions": _type, "keys": _ask_for_keys, "basket": _choose}.items():
        open_it(page)
        page.screenshot(path=folder / f"{name}-{screen}-{scheme}.png")
    context.close()


def _type(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Suche im Archiv").press_sequentially("Bundes")
    page.get_by_role("option").first.wait_for()


def _ask_for_keys(page: Page) -> None:
    page.goto("/suche?q=Berlin")
    page.get_by_role("button", name="Tasten und Einstellungen").click()


def _choose(page: Page) -> None:
    page.goto("/suche?q=Berlin")
    for box in page.get_by_label("auswählen").all()[:4]:
        box.check()
    page.goto("/merkliste")


if __name__ == "__main__":
    main(ROOT / "build" / "screenshots", ROOT / "docs")
