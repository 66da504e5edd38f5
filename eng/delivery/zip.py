"""Writes a zip whose bytes depend on nothing but its files' names and contents: zip.py OUT.zip FOLDER

Sorted names, no folders' entries, one timestamp (zip's first), every file 0755 as Lambda needs the bootstrap, and
deflated by Python's zlib, which is one version in one release job."""
import pathlib
import sys
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def write(target, folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        sys.exit(f"error: {folder} is empty")
    with zipfile.ZipFile(target, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.create_system = UNIX
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
