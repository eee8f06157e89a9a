"""How Lucene.java is started: by the JDK's launcher, which compiles a single source file itself."""

from __future__ import annotations

from pathlib import Path

JARS = Path("/usr/share/java")
NEEDED = ("lucene-core", "lucene-analyzers-common", "lucene-queryparser", "lucene-queries", "lucene-highlighter",
          "lucene-facet", "lucene-memory", "lucene-sandbox", "gson")  # fmt: skip
SOURCE = Path(__file__).parent / "engines/Lucene.java"
HEAP = "-Xmx1g"


def lucene_worker() -> tuple[str, ...]:
    """The command; where jars are missing, it fails and its message names them."""
    path = ":".join(str(jar) for name in NEEDED for jar in sorted(JARS.glob(f"{name}-[0-9]*.jar"))[-1:])
    return "java", HEAP, "-cp", path or str(JARS), str(SOURCE)
