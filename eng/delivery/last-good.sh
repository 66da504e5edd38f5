#!/usr/bin/env bash
# The last good infrastructure: the tag infra-last-good-ENVIRONMENT, whose message is the version.
# last-good.sh read          prints the version
# last-good.sh move VERSION  moves the tag, locally and at origin; only after a passed smoke test and quiet alarms
# Only the tag's message has a meaning. Its commit is main's head: a workflow's token must not push a commit whose workflow
# files differ from every branch's head, and after a rollback the version's own commit does.
source "$(dirname "$0")/common.sh"
tag=infra-last-good-${ENVIRONMENT:-prod}
case ${1:-} in
  read)
    version=$(git -C "$repository" for-each-ref --format='%(contents:subject)' "refs/tags/$tag")
    [ -n "$version" ] || die "there is no tag $tag: nothing has been deployed, or this clone has no tags (git fetch --tags --force)"
    echo "$version"
    ;;
  move)
    version=$2
    require_version "$version"
    commit=$(tag_commit "$version")
    [ -n "$commit" ] || die "$version is not a tag: the last good infrastructure is a release"
    for attempt in 1 2 3; do # main may move between the two
      git -C "$repository" fetch --quiet origin main
      git -C "$repository" -c user.name=s3lister -c user.email=noreply@s3lister.invalid tag --force --annotate --message "$version" "$tag" FETCH_HEAD > /dev/null
      if git -C "$repository" push --force --quiet origin "refs/tags/$tag"; then
        say "$tag is $version now."
        exit
      fi
      sleep "$attempt"
    done
    die "$tag could not be moved to $version"
    ;;
  *) die "last-good.sh read | move VERSION" ;;
esac
