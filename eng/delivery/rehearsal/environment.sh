# The surroundings of the rehearsal: a clone with its own tags, an AWS, and a stand-in of GitHub's command line. Sourced.
# shellcheck shell=bash disable=SC2034,SC2154

# A clone without the repository's own tags: the rehearsal makes v1.0.0 and v1.1.0.
git clone --quiet --bare "$repository" "$work/origin.git"
git -C "$work/origin.git" tag --list | xargs --no-run-if-empty git -C "$work/origin.git" tag --delete > /dev/null
# Like GitHub, it refuses a tag from a workflow's token whose workflow files differ from every branch's head. Tags of versions
# are pushed by a person.
cat > "$work/origin.git/hooks/update" << 'HOOK'
#!/usr/bin/env bash
set -euo pipefail
[[ $1 == refs/tags/infra-* ]] || exit 0
workflows=$(git rev-parse "$3^{commit}:.github/workflows")
for branch in $(git for-each-ref --format='%(refname)' refs/heads); do
  [ "$(git rev-parse "$branch:.github/workflows")" != "$workflows" ] || exit 0
done
echo "refusing to allow a GitHub App to create or update workflow without `workflows` permission" >&2
exit 1
HOOK
chmod +x "$work/origin.git/hooks/update"
git clone --quiet "$work/origin.git" "$work/clone"
clone=$work/clone
git -C "$clone" config user.name rehearsal
git -C "$clone" config user.email rehearsal@s3lister.invalid

export AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
export AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
if [ -z "${AWS_ENDPOINT_URL:-}" ]; then
  python3 "$repository/infrastructure/checks/aws.py" --port 0 > "$work/aws.log" 2>&1 &
  server=$!
  until grep --quiet '^ready ' "$work/aws.log"; do
    kill -0 "$server" 2> /dev/null || fail "the AWS of this machine has ended: $(cat "$work/aws.log")"
    sleep 0.2
  done
  AWS_ENDPOINT_URL=$(sed -n 's/^ready //p' "$work/aws.log")
  export AWS_ENDPOINT_URL
fi

# What the scripts need of GitHub: attestations, by digest, releases with their assets, and an environment's variables.
mkdir -p "$work/bin" "$work/releases" "$work/variables"
touch "$work/attested"
cat > "$work/bin/gh" << GH
#!/usr/bin/env bash
set -euo pipefail
case "\$1 \$2" in
  "attestation verify") sha256sum "\$3" | cut -d ' ' -f 1 | grep --quiet --line-regexp --file - "$work/attested" ;;
  "release download") mkdir -p "\$5" && cp "$work/releases/\$3/"* "\$5" ;;
  "variable set") mkdir -p "$work/variables/\$5" && printf '%s' "\$7" > "$work/variables/\$5/\$3" ;;
  *) exit 2 ;;
esac
GH
chmod +x "$work/bin/gh"
export PATH=$work/bin:$PATH

export S3LISTER_REHEARSAL=1
unset CLOUDFORMATION_ROLE ALARMS ARTIFACT_BUCKET GITHUB_OUTPUT GITHUB_STEP_SUMMARY GITHUB_REF_TYPE
