#!/usr/bin/env bash
# Makes the Python programs of eng/requirements.txt available to the later steps of a job.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 -m venv artifacts/python
artifacts/python/bin/pip install --quiet --requirement eng/requirements.txt
echo "$PWD/artifacts/python/bin" >> "$GITHUB_PATH"
