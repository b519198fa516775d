#!/usr/bin/env bash
# Follows docs/adding-a-service.md in a copy of the project, and tests the service that it describes.
set -euo pipefail

MOST_LINES=120
MOST_EDITS=3

usage() {
  cat <<TEXT
Usage: scripts/try-adding-a-service.sh [--keep]

Copies the project into a temporary folder, writes the files of docs/adding-a-service.md there, makes its edits and runs the
tests of the new service and those of deploy/ and the compose file. Fails when one fails, or when the document asks for more than
$MOST_LINES lines that are not the service's own business or more than $MOST_EDITS edits. What the modules of platform-common were compiled to is taken
along where it is newer than the sources.

--keep leaves the folder there and prints where it is.
Variable            Default   Meaning
JAVA_HOME           found     folder of a JDK 25 or newer
TEST_DATABASE_URL   none      the server for the tests, as in scripts/verify.sh
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
GUIDE=$ROOT/docs/adding-a-service.md
KEEP=no
case ${1:-} in
  '') ;;
  --keep) KEEP=yes ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
cd "$ROOT"
# Nobody's database but the tests' own: a service under test would read these.
unset DATABASE_URL MIGRATION_DATABASE_URL DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD DB_SCHEMA \
  POSTGRES_HOST POSTGRES_PORT POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD POSTGRES_PASSWORD_FILE
for part in common process jdk packages verify; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
A2G_INSTALL=${A2G_INSTALL:-yes}
ensure_jdk
ensure_maven
COPY=$(mktemp -d)

finish() {
  local code=$?
  if [ $KEEP = yes ]; then say "the copy is in $COPY"; else rm -rf "$COPY"; fi
  exit $code
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The project's files with their times, so that what was compiled of them counts.
copy_project() {
  local module state before=/nonexistent
  project_files | while IFS= read -r file; do if [ -f "$file" ]; then echo "$file"; fi; done | tar -cf - -T - | tar -xpf - -C "$COPY"
  # A module that is older than its sources, or than a module before it, is compiled again, and so are those after it.
  for module in platform-common/{kernel,migrate,service,references,testkit} scripts/system-test; do
    state=$module/target/maven-status/maven-compiler-plugin/compile/default-compile/inputFiles.lst
    [ -f "$state" ] && [ -z "$(find "$module/src" -name '*.java' -newer "$state")" ] && ! [ "$before" -nt "$state" ] || break
    find "$module/target" \( -path '*classes' -o -name 'generated-*' -o -name maven-status \) -prune -print | tar -cf - -T - | tar -xpf - -C "$COPY"
    before=$state
  done
}

# blocks <kind> <folder>: writes the blocks of that kind into the folder, each under the path above it; prints their paths.
blocks() {
  awk -v kind="$1" -v into="$2" '
    inside && /^```$/ { inside = 0; if (file != "") close(file); file = ""; next }
    inside { if (file != "") print > file; next }
    /^```/ { inside = 1; if (path != "") { file = into "/" path; folder = file; sub("/[^/]*$", "", folder); system("mkdir -p \"" folder "\""); print path }
             path = ""; next }
    match($0, "^\\*\\*" kind "\\*\\* `[^`]+`$") { path = $2; gsub("`", "", path) }' "$GUIDE"
}

# Lines with something in them.
count() {
  grep -c '[^[:space:]]' "$1" || true
}

copy_project
EDITS=$COPY/target/edits
blocks own "$COPY" >"$COPY/own.list"
blocks platform "$COPY" >"$COPY/platform.list"
blocks edit "$EDITS" >"$COPY/edit.list"
LINES_ASKED=0
while IFS= read -r file; do LINES_ASKED=$((LINES_ASKED + $(count "$COPY/$file"))); done <"$COPY/platform.list"
while IFS= read -r file; do
  (cd "$COPY" && GIT_CEILING_DIRECTORIES=${COPY%/*} git apply --recount "$EDITS/$file") || die "the edit of $file in docs/adding-a-service.md does not fit"
  LINES_ASKED=$((LINES_ASKED + $(grep -c '^+[^+]' "$EDITS/$file")))
done <"$COPY/edit.list"
EDITS_ASKED=$(count "$COPY/edit.list")
say "   $(count "$COPY/own.list") files of the service's own, $(count "$COPY/platform.list") others; lines that are not its own business: $LINES_ASKED, edits outside its folder: $EDITS_ASKED"
[ "$LINES_ASKED" -gt 0 ] && [ "$LINES_ASKED" -le $MOST_LINES ] && [ "$EDITS_ASKED" -le $MOST_EDITS ] ||
  die "at most $MOST_LINES lines and $MOST_EDITS edits are wanted"
# Of the other modules only what changed is compiled, and nothing is tested but what the document says.
(cd "$COPY" && "$MVN" -B -ntp -q -Dstyle.color=never -pl schedule-service,scripts/system-test -am verify -Djacoco.skip -Dspring-boot.aot.skip -Dspring-boot.repackage.skip \
  -Dmaven.compiler.useIncrementalCompilation=false -DspotlessFiles='.*/schedule-service/.*' -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='io/a2g/schedule/**/*Tests,RegisteredServicesTests,KubernetesManifestsTests' \
  -Dopenapi.write=true -Daccess.write=true -Ddeploy.write=true) || die 'the service of docs/adding-a-service.md does not pass'
say "   tests of the new service: $(count_tests "$COPY"/schedule-service/target/*-reports/TEST-*.xml | awk '{ print $1 " passed" }')"
