#!/usr/bin/env bash
# Fails for words that a native engineer stumbles over, and for a list whose own examples do not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 eng/plain-english.py --test
python3 eng/plain-english.py
