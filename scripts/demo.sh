#!/usr/bin/env bash
# The main job on real input, against the platform that up.sh started: see scripts/demo.sh --help.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common jdk; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

find_jdk || die "no JDK $JDK_WANTED or newer found$(older_jdks); install one and set JAVA_HOME to its folder"

colours=false
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then colours=true; fi

# Compiled first, all of it: the source launcher would compile within the steps that the demo measures.
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$JAVA_HOME/bin/javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -encoding UTF-8 -d "$classes" "$ROOT"/scripts/demo/*.java
"$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Ddemo.root=$ROOT" "-Ddemo.colours=$colours" \
  -cp "$classes" Demo "$@"
