# shellcheck shell=bash
# Sourced by scripts that call the API of S3Lister.Local.

# start_local_api FOLDER [OPTION...]: builds S3Lister.Local and starts it on a free port; its log is in the folder. Sets local_api,
# the ID of the process, which the caller ends, and local_api_url. Exports the key of the first caller.
start_local_api() {
  local repository log=$1/local-api.log
  repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  shift
  dotnet build "$repository/S3Lister.Local" --nologo --verbosity quiet >&2
  dotnet "$repository/S3Lister.Local/bin/Debug/net10.0/S3Lister.Local.dll" --port 0 "$@" > "$log" &
  local_api=$!
  until grep -q '^Try:' "$log"; do
    kill -0 "$local_api" 2> /dev/null || { echo "S3Lister.Local has ended: $(cat "$log")" >&2; return 1; }
    sleep 0.2
  done

  # What it prints for a person. Windows ends lines with a CR as well.
  printed() { sed -nE "s/^$1//p" "$log" | tr -d '\r' | head -n 1; }
  # shellcheck disable=SC2034 # the caller uses it
  local_api_url=$(printed '  API +')
  AWS_ACCESS_KEY_ID=$(printed '    access key  ')
  AWS_SECRET_ACCESS_KEY=$(printed '    secret      ')
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
  unset AWS_SESSION_TOKEN
}
