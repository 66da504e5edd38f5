"""Writes the software bill of materials of the package to standard output, CycloneDX 1.6: sbom.py VERSION

What is linked into the binary is "required", what only builds it is "excluded". The same commit gives the same text:
the time is the commit's."""
import json
import os
import subprocess
import sys
import uuid

import packages


def component(package):
    entry = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.shipped else "excluded",
        "hashes": [{"alg": "SHA-512", "content": package.sha512}],
        "purl": package.purl,
    }
    if package.license:
        # "expression" may stand alone and may be one identifier.
        entry["licenses"] = [{"expression": package.license}]
    return entry


def git(*arguments):
    return subprocess.run(
        ["git", "-C", packages.REPOSITORY, *arguments], check=True, capture_output=True, text=True,
        env={**os.environ, "TZ": "UTC"}).stdout.strip()


def document(version, restored):
    commit = git("rev-parse", "HEAD")
    reference = f"pkg:generic/s3lister@{version.removeprefix('v')}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{reference}?commit={commit}')}",
        "version": 1,
        "metadata": {
            "timestamp": git("show", "--no-patch", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "HEAD"),
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": "S3Lister",
                "version": version.removeprefix("v"),
                "licenses": [{"expression": "Apache-2.0"}],
                "purl": reference,
                "properties": [{"name": "git:commit", "value": commit}],
            },
        },
        "components": [component(package) for package in restored],
        "dependencies": [{"ref": reference, "dependsOn": [package.purl for package in restored if package.shipped]}],
    }


if __name__ == "__main__":
    print(json.dumps(document(sys.argv[1], packages.restored()), indent=2))
