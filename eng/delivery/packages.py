"""The NuGet packages of S3Lister.Functions, from the assets file of its restore.

packages.py sbom VERSION    the software bill of materials, CycloneDX 1.6, to standard output
packages.py licenses        the licences; fails for one that is not allowed or not named
packages.py files           the package files, one a line; fails for a stand-in

The bill is ours because that of the CycloneDX tool (6.3.1) has the time in it, so that no two are the same, and leaves out the .NET
runtime, which is linked into the binary."""
import base64
import collections
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid
import xml.etree.ElementTree as xml

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ASSETS = REPOSITORY / "S3Lister.Functions/obj/project.assets.json"
ALLOWED = {"MIT", "Apache-2.0"}

# The framework and the runtime come with the Native AOT compiler and are linked into the binary. Its other parts only build.
RUNTIME = re.compile(r"(microsoft\.netcore\.app\.runtime\.nativeaot\.|runtime\.[a-z0-9-]+\.microsoft\.dotnet\.ilcompiler)", re.I)


@dataclasses.dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    is_linked: bool
    folder: pathlib.Path

    @property
    def purl(self):
        return f"pkg:nuget/{self.name}@{self.version}"

    @property
    def license(self):
        """The SPDX expression, or nothing: a file or an address cannot be checked."""
        root = xml.parse(next(self.folder.glob("*.nuspec"))).getroot()
        element = next((node for node in root.iter() if node.tag.endswith("}license")), None)
        return element.text if element is not None and element.get("type") == "expression" else ""

    @property
    def sha512(self):
        return base64.b64decode(next(self.folder.glob("*.nupkg.sha512")).read_text()).hex()


def restored():
    document = json.loads(ASSETS.read_text())
    # The target with the longest name, "net10.0/linux-x64", has all packages of the other and the compiler's.
    target = document["targets"][max(document["targets"], key=len)]
    found = {identity: any(not file.endswith("_._") for file in entry.get("runtime", {}))
             for identity, entry in target.items() if entry["type"] == "package"}
    for framework in document["project"]["frameworks"].values():
        for download in framework.get("downloadDependencies", []):
            if RUNTIME.match(download["name"]):
                found[f"{download['name']}/{download['version'].strip('[]').split(',')[0]}"] = True
    return sorted(Package(*identity.split("/"), is_linked or bool(RUNTIME.match(identity)), folder_of(document, identity))
                  for identity, is_linked in found.items())


def folder_of(document, identity):
    return next(folder for root in document["packageFolders"] if (folder := pathlib.Path(root, identity.lower())).is_dir())


def component(package):
    """What is linked into the binary is "required", what only builds it "excluded"."""
    return {
        "type": "library", "bom-ref": package.purl, "name": package.name, "version": package.version,
        "scope": "required" if package.is_linked else "excluded", "hashes": [{"alg": "SHA-512", "content": package.sha512}],
        **({"licenses": [{"expression": package.license}]} if package.license else {}), "purl": package.purl,
    }


def git(*arguments):
    return subprocess.run(
        ["git", "-C", REPOSITORY, *arguments], check=True, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"}).stdout.strip()


def sbom(version):
    """The same commit gives the same text: the time is the commit's."""
    version, commit = version.removeprefix("v"), git("rev-parse", "HEAD")
    reference = f"pkg:generic/s3lister@{version}"
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{reference}?commit={commit}')}",
        "metadata": {
            "timestamp": git("show", "--no-patch", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "HEAD"),
            "component": {
                "type": "application", "bom-ref": reference, "name": "S3Lister", "version": version, "purl": reference,
                "licenses": [{"expression": "Apache-2.0"}], "properties": [{"name": "git:commit", "value": commit}],
            },
        },
        "components": [component(package) for package in restored()],
        "dependencies": [{"ref": reference, "dependsOn": [package.purl for package in restored() if package.is_linked]}],
    }, indent=2)


def licenses():
    found = collections.defaultdict(list)
    for package in restored():
        found[package.license or "not named"].append(f"{package.name} {package.version}")
    text = "\n".join(f"{expression}: {', '.join(names)}" for expression, names in sorted(found.items()))
    if refused := found.keys() - ALLOWED:
        sys.exit(f"{text}\nerror: not allowed: {', '.join(sorted(refused))}")
    return text


def files():
    """A stand-in has the official version and a fourth part (README of the stand-ins)."""
    if stand_ins := [package.purl for package in restored() if package.name.startswith("Amazon.Lambda.") and package.version.count(".") > 2]:
        sys.exit(f"error: stand-ins cannot be deployed: {', '.join(stand_ins)}")
    return "\n".join(str(next(package.folder.glob("*.nupkg"))) for package in restored())


if __name__ == "__main__":
    print({"sbom": sbom, "licenses": licenses, "files": files}[sys.argv[1]](*sys.argv[2:]))
