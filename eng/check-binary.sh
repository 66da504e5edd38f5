#!/usr/bin/env bash
# Checks that the native binary has the right architecture and runs on Amazon Linux 2023, whose glibc is 2.34, that its zip is small
# enough, and that only the trusted roots were published beside it: the Lambda tool packages the whole folder.
# Usage: check-binary.sh BINARY [x86_64|arm64], by default the architecture of this machine
# S3LISTER_NATIVE_GLIBC=any skips the check of glibc, for a machine whose binary is tested and not deployed.
set -euo pipefail
binary=$1
architecture=${2:-$(uname -m)}
declare -A machines=([x86_64]='Advanced Micro Devices X86-64' [arm64]=AArch64 [aarch64]=AArch64)
newest=2.34
largest_zip=4500000

roots=$(dirname "$binary")/amazon-roots.pem
[ -s "$roots" ] || { echo "There is no $roots." >&2; exit 1; }
beside=$(find "$(dirname "$binary")" -mindepth 1 ! -path "$binary" ! -path "$roots")
if [ -n "$beside" ]; then
  echo "Published beside the binary: $beside" >&2
  exit 1
fi

machine=$(LC_ALL=C readelf --file-header "$binary" | sed -nE 's/^ +Machine: +//p')
if [ "$machine" != "${machines[$architecture]}" ]; then
  echo "$binary is for $machine, not for $architecture." >&2
  exit 1
fi

needed=$(objdump -T "$binary" | grep -oE 'GLIBC_[0-9]+\.[0-9]+(\.[0-9]+)?' | sed 's/GLIBC_//' | sort -uV | tail -n 1)
if [ "${S3LISTER_NATIVE_GLIBC:-}" != any ] && [ "$(printf '%s\n%s\n' "$needed" "$newest" | sort -V | tail -n 1)" != "$newest" ]; then
  echo "$binary needs glibc $needed; Amazon Linux 2023 has $newest." >&2
  exit 1
fi

zip=$(python3 - "$binary" "$roots" << 'PY'
import io, sys, zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    archive.write(sys.argv[1], "bootstrap")
    archive.write(sys.argv[2], "amazon-roots.pem")
print(len(buffer.getvalue()))
PY
)
if [ "$zip" -gt "$largest_zip" ]; then
  echo "The zip has $zip bytes; at most $largest_zip are wanted." >&2
  exit 1
fi

echo "$architecture, glibc $needed, $(stat -c %s "$binary") bytes, zipped $zip bytes"
