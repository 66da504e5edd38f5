"""The NuGet packages that S3Lister.Functions was restored with, of the assets file that NuGet leaves behind."""
import base64
import dataclasses
import json
import pathlib
import re
import xml.etree.ElementTree as xml

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ASSETS = REPOSITORY / "S3Lister.Functions/obj/project.assets.json"

# The framework and the runtime come with the Native AOT compiler and are linked into the binary. The compiler's other
# parts, the analyzers and the like only take part in the build.
RUNTIME = re.compile(r"(microsoft\.netcore\.app\.runtime\.nativeaot\.|runtime\.[a-z0-9-]+\.microsoft\.dotnet\.ilcompiler)", re.I)


@dataclasses.dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    shipped: bool
    sha512: str
    license: str
    folder: pathlib.Path

    @property
    def purl(self):
        return f"pkg:nuget/{self.name}@{self.version}"


def restored(assets=ASSETS):
    document = json.loads(assets.read_text())
    folders = [pathlib.Path(folder) for folder in document["packageFolders"]]
    # The native target, "net10.0/linux-x64", has all that the other has and the compiler.
    target = document["targets"][max(document["targets"], key=len)]
    packages = {}
    for identity, entry in target.items():
        if entry["type"] != "package":
            continue
        name, version = identity.split("/")
        linked = [file for file in entry.get("runtime", {}) if not file.endswith("_._")]
        packages[identity] = package(folders, name, version, bool(linked) or bool(RUNTIME.match(name)))
    for framework in document["project"]["frameworks"].values():
        for download in framework.get("downloadDependencies", []):
            name, version = download["name"], download["version"].strip("[]").split(",")[0]
            if RUNTIME.match(name):
                packages[f"{name}/{version}"] = package(folders, name, version, True)
    return sorted(packages.values())


def package(folders, name, version, shipped):
    place = f"{name}/{version}".lower()
    folder = next(folder / place for folder in folders if (folder / place).is_dir())
    hashed = next(folder.glob("*.nupkg.sha512")).read_text().strip()
    return Package(name, version, shipped, base64.b64decode(hashed).hex(), license_of(folder), folder)


def license_of(folder):
    """The SPDX expression, or nothing: a package that only has a file or an address says nothing that can be checked."""
    root = xml.parse(next(folder.glob("*.nuspec"))).getroot()
    element = next((node for node in root.iter() if node.tag.endswith("}license")), None)
    return element.text if element is not None and element.get("type") == "expression" else ""
