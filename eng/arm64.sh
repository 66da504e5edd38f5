#!/usr/bin/env bash
# Publishes the functions as a native arm64 binary on an x86-64 machine and runs the process tests with it, emulated by QEMU on
# the core of Graviton2. On an arm64 machine, eng/delivery/native-tests.sh does the same without an emulator.
# Usage: arm64.sh. It needs Debian and the programs below; the arm64 libraries that the binary loads go to artifacts/arm64/root.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A packages=([clang]=clang [lld]=lld [aarch64-linux-gnu-gcc]=gcc-aarch64-linux-gnu [qemu-aarch64]=qemu-user [apt-get]=apt [dpkg]=dpkg)
missing=()
for program in "${!packages[@]}"; do command -v "$program" > /dev/null || missing+=("${packages[$program]}"); done
[ -e /usr/aarch64-linux-gnu/lib/libc.so.6 ] || missing+=(libc6-dev-arm64-cross)
if [ "${#missing[@]}" != 0 ]; then
  echo "Missing Debian packages: ${missing[*]}" >&2
  exit 1
fi

out=$PWD/artifacts/arm64
rm -rf "$out"
mkdir -p "$out/apt/state/lists/partial" "$out/apt/cache/archives/partial"

# A package system of its own: nothing of this machine becomes arm64, and no package is installed. libssl-dev depends on the
# OpenSSL library, whose package has a different name in each release of Debian.
arm64_apt() {
  apt-get -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User= -o Dir::State="$out/apt/state" \
    -o Dir::State::status=/dev/null -o Dir::Cache="$out/apt/cache" -qq "$@"
}
arm64_apt update
arm64_apt install --download-only --no-install-recommends --yes libssl-dev
for package in "$out"/apt/cache/archives/*.deb; do dpkg --extract "$package" "$out/root"; done

dotnet publish S3Lister.Functions --configuration Release --runtime linux-arm64 --output "$out/function" -p:AllowStandIns=true \
  -p:LinkerFlavor=lld -p:ObjCopyName=aarch64-linux-gnu-objcopy
eng/check-binary.sh "$out/function/bootstrap" arm64

cat > "$out/emulated" << EMULATED
#!/bin/sh
exec $(command -v qemu-aarch64) -cpu neoverse-n1 -L '$out/root' '$out/function/bootstrap'
EMULATED
chmod +x "$out/emulated"
S3LISTER_FUNCTION=$out/emulated dotnet test --project S3Lister.EndToEnd.Tests --parallel none
