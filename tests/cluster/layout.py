"""Lays out an OpenSearch that can be started: its jars come from Maven Central, with the `mvn` of this machine.

There is no distribution in Maven Central, but all that one consists of: the server, and the modules that we need. They
are kept in build/opensearch and taken from there the next time, without the network.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from filelock import FileLock

from tests.cluster.java import Missing, javas

PROJECT = Path(__file__).parents[2]
KEPT = PROJECT / "build" / "opensearch"
PATIENCE = 600  # seconds for mvn to fetch 90 MB
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
OTHER_SYSTEMS = ("*-osx-*", "*-windows-*", "*-aarch_64.jar")
MODEL = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>de.nachlese</groupId><artifactId>{name}</artifactId><version>1</version><packaging>pom</packaging>
{content}</project>
"""
DEPENDENCY = (
    "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version><type>{}</type></dependency>"
)
SECURITY = "opensearch-security"
DESCRIPTOR = """description={name}
version={version}
name={name}
classname={class_name}
java.version={java}
opensearch.version={version}
has.native.controller=false
"""
# What the transport may do under the security manager of 2.x; the distribution has such a file, its jars do not.
POLICY = """grant {
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.lang.RuntimePermission "accessDeclaredMembers";
  permission java.lang.reflect.ReflectPermission "suppressAccessChecks";
  permission java.net.SocketPermission "*", "accept,connect,resolve,listen";
};
"""


@dataclass(frozen=True)
class Release:
    """A version of OpenSearch: the Java it needs at least, and what it consists of."""

    version: str
    java: int
    log4j: str  # optional in the server's own model, but it does not start without
    transport: str
    analysis: str
    agent: bool = False
    policy: bool = False
    security: str = ""  # the version of the security plugin; of few releases it is in Maven Central

    def parts(self) -> dict[str, tuple[str, ...]]:
        """What each folder is made of, as group:artifact:version:type."""
        server = (
            f"org.opensearch:opensearch:{self.version}:jar",
            f"org.apache.logging.log4j:log4j-core:{self.log4j}:jar",
            f"org.opensearch:opensearch-plugin-classloader:{self.version}:jar",
            *((f"org.opensearch:opensearch-agent-bootstrap:{self.version}:jar",) if self.agent else ()),
        )
        plugins = ("transport-netty4-client", "analysis-common")
        parts = {"lib": server} | {name: (f"org.opensearch.plugin:{name}:{self.version}:jar",) for name in plugins}
        if self.security:
            # The library comes to it with another plugin, which is not in Maven Central.
            library = "org.apache.commons:commons-collections4:4.4:jar"
            parts[SECURITY] = (f"org.opensearch.plugin:{SECURITY}:{self.security}:zip", library)
        return parts


# The newest first.
RELEASES = (
    Release(
        "3.9.0", 21, "2.25.5", "org.opensearch.transport.Netty4ModulePlugin",
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin", agent=True,
    ),
    Release(
        "3.4.0", 21, "2.21.0", "org.opensearch.transport.Netty4ModulePlugin",
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin", agent=True, security="3.4.0.0",
    ),
    Release(
        "2.19.6", 17, "2.25.4", "org.opensearch.transport.Netty4Plugin",
        "org.opensearch.analysis.common.CommonAnalysisPlugin", policy=True,
    ),
)  # fmt: skip


def choose(version: str | None = None) -> tuple[Release, Path]:
    """The release of this version, or else the newest that a Java of this machine runs; and that Java."""
    found = javas()
    for release in RELEASES:
        # The security manager of 2.x is gone from Java 24. Of several that will do, the oldest is the best tried.
        fitting = [java for java in found if java >= release.java and not (release.policy and java >= 24)]
        if fitting and version in (None, release.version):
            return release, found[min(fitting)]
    known = ", ".join(f"{release.version} needs Java {release.java}" for release in RELEASES)
    raise Missing(f"Java {', '.join(map(str, sorted(found)))} cannot run OpenSearch {version or ''} ({known})")


def lay_out(release: Release) -> Path:
    """The folder of an OpenSearch that is complete; it is made if need be, once for all who ask."""
    home, draft = KEPT / release.version, KEPT / f"{release.version}-draft"
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{home}.lock"):
        if not home.exists():
            shutil.rmtree(draft, ignore_errors=True)
            _fetch(release.parts(), draft / "models")
            _arrange(release, draft)
            shutil.rmtree(draft / "models")
            draft.rename(home)
    return home


def _fetch(parts: dict[str, tuple[str, ...]], folder: Path) -> None:
    """Have mvn put the jars of each part, with all that they need to run, into a folder `jars` of its own."""
    if not shutil.which("mvn"):
        raise Missing("no mvn, which fetches OpenSearch: apt-get install maven")
    for name, artifacts in parts.items():
        _model(folder / name, name, _elements("dependencies", (DEPENDENCY.format(*a.split(":")) for a in artifacts)))
    _model(folder, "parts", _elements("modules", (f"<module>{name}</module>" for name in parts)))
    options = ("-DoutputDirectory=${project.basedir}/jars", "-DincludeScope=runtime")
    done = subprocess.run(
        ["mvn", "-B", "-q", COPY, *options], cwd=folder, capture_output=True, text=True, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(f"mvn could not fetch OpenSearch; the end of what it told: {done.stdout[-2000:]}")


def _model(folder: Path, name: str, content: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pom.xml").write_text(MODEL.format(name=name, content=content), encoding="utf-8")


def _elements(name: str, elements: Iterable[str]) -> str:
    return f"<{name}>{''.join(elements)}</{name}>"


def _arrange(release: Release, home: Path) -> None:
    """Put the jars where the server looks for them."""
    models = home / "models"
    (models / "lib/jars").rename(home / "lib")
    for name in ("bin", "plugins", "modules"):
        (home / name).mkdir()  # without a `bin` it does not start, though it is empty
    _module(release, home, "transport-netty4", release.transport, models / "transport-netty4-client/jars")
    _module(release, home, "analysis-common", release.analysis, models / "analysis-common/jars")
    if release.security:
        _security(home, models / SECURITY / "jars")


def _security(home: Path, parts: Path) -> None:
    """Install the security plugin. What it adds to others, which are not in Maven Central, is left out."""
    plugin = home / "plugins" / SECURITY
    plugin.mkdir()
    for part in parts.iterdir():
        if part.suffix == ".zip":
            with ZipFile(part) as archive:
                archive.extractall(plugin)
        else:
            shutil.copy(part, plugin)
    (plugin / "config").rename(home / SECURITY)  # as the program does that installs plugins
    descriptor = plugin / "plugin-descriptor.properties"
    lines = descriptor.read_text(encoding="utf-8").splitlines(keepends=True)
    descriptor.write_text("".join(line for line in lines if not line.startswith("extended.plugins")), encoding="utf-8")


def _module(release: Release, home: Path, name: str, class_name: str, jars: Path) -> None:
    module = home / "modules" / name
    jars.rename(module)
    shared = {jar.name for jar in (home / "lib").iterdir()}  # the server refuses what is there twice
    foreign = {jar.name for pattern in OTHER_SYSTEMS for jar in module.glob(pattern)}
    for jar in list(module.iterdir()):
        if jar.name in shared | foreign:
            jar.unlink()
    descriptor = DESCRIPTOR.format(name=name, version=release.version, class_name=class_name, java=release.java)
    (module / "plugin-descriptor.properties").write_text(descriptor, encoding="utf-8")
    if release.policy and name == "transport-netty4":
        (module / "plugin-security.policy").write_text(POLICY, encoding="utf-8")
