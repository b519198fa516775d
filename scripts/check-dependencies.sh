#!/usr/bin/env bash
# Asks OSV whether the libraries that the services ship have known vulnerabilities.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/check-dependencies.sh [--help]

Sends the names and versions of the libraries, and nothing else, to OSV (osv.dev), which knows the advisories
of GitHub, Maven and others. Needs curl and jq.

Variable     Default                Meaning
OSV_URL      https://api.osv.dev    where to ask; a mirror of the company's, for example
JAVA_HOME    found                  folder of a JDK 25 or newer

Exit status: 0 none known, 1 some known (printed), 2 it could not find out what to ask, 3 OSV did not answer.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
case ${1:-} in
  '') ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
for part in common process jdk packages build; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
OSV_URL=${OSV_URL:-https://api.osv.dev}
PAGES=20 # of one question at most
FILES=$(mktemp -d)
FOUND=no

# Status 1 says that there are vulnerabilities, so nothing else may end with it.
finish() {
  local code=$?
  [ -z "$TASK_PID" ] || kill -TERM "$TASK_PID" 2>/dev/null || true
  rm -rf "$FILES"
  if [ $code -eq 1 ] && [ $FOUND = no ]; then code=2; fi
  exit $code
}

unanswered() {
  printf '%s: OSV did not answer at %s: %s; nothing was checked\n' "${0##*/}" "$OSV_URL" "$1" >&2
  exit 3
}

# Before anything that takes time: whether anybody answers there, whatever the answer.
require_osv() {
  curl -sS --connect-timeout 5 --max-time 10 -o "$FILES/probe" "$OSV_URL" 2>"$FILES/curl.log" ||
    unanswered "$(last_words "$FILES/curl.log")"
}

# What the jars of the services hold, one group:artifact:version per line. Nothing is compiled for it.
list_libraries() {
  local log=$FILES/maven.log
  run_task 'resolving' "$log" in_root "$MVN" -B -ntp -Dspotless.check.skip=true -Dmaven.main.skip=true -Dmaven.test.skip=true \
    -pl '!scripts/system-test' test-compile dependency:list -DincludeScope=runtime -DexcludeGroupIds=io.a2g \
    "-DoutputFile=$FILES/resolved" -DappendOutput=true ||
    die "cannot resolve the dependencies: $(last_words <(grep -a '^\[ERROR\]' "$log" | head -n 1))"
  # group:artifact:type[:classifier]:version:scope
  sed 's/ -- .*//' "$FILES/resolved" |
    awk -F: 'NF >= 5 { gsub(/^ +/, "", $1); print $1 ":" $2 ":" $(NF - 1) }' | LC_ALL=C sort -u >"$FILES/libraries"
  [ -s "$FILES/libraries" ] || die 'Maven named no dependency'
}

# One question for each library: https://google.github.io/osv.dev/post-v1-querybatch/
write_questions() {
  jq -Rn '[inputs | split(":") | {package: {ecosystem: "Maven", name: "\(.[0]):\(.[1])"}, version: .[2]}]' \
    "$FILES/libraries" >"$FILES/questions"
}

# Sends the open questions; adds "library id" lines to what is known, and leaves the questions that have another page.
ask() {
  jq '{queries: .}' "$FILES/questions" >"$FILES/batch"
  curl -fsS --connect-timeout 10 --max-time 60 --retry 2 --retry-max-time 120 -H 'Content-Type: application/json' \
    --data-binary "@$FILES/batch" -o "$FILES/answer" "$OSV_URL/v1/querybatch" 2>"$FILES/curl.log" ||
    unanswered "$(last_words "$FILES/curl.log")"
  jq -e --slurpfile questions "$FILES/questions" '(.results | type) == "array" and (.results | length) == ($questions[0] | length)' \
    "$FILES/answer" >/dev/null 2>&1 || unanswered 'what came is not an answer of OSV'
  jq -r --slurpfile questions "$FILES/questions" '.results | to_entries[] | $questions[0][.key] as $library
    | .value.vulns[]? | "\($library.package.name):\($library.version) \(.id)"' "$FILES/answer" >>"$FILES/known"
  jq --slurpfile questions "$FILES/questions" '[.results | to_entries[] | select((.value.next_page_token // "") != "")
    | $questions[0][.key] + {page_token: .value.next_page_token}]' "$FILES/answer" >"$FILES/more"
  mv "$FILES/more" "$FILES/questions"
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for tool in curl jq; do
  command -v $tool >/dev/null || die "$tool is missing; get it with package $tool of your system"
done
load_settings
require_osv
ensure_jdk
ensure_maven
list_libraries
write_questions
: >"$FILES/known"
for ((page = 1; page <= PAGES; page++)); do
  ask
  [ "$(jq length "$FILES/questions")" -gt 0 ] || break
done
[ "$(jq length "$FILES/questions")" -eq 0 ] || unanswered "more than $PAGES pages"

count=$(wc -l <"$FILES/libraries")
if [ -s "$FILES/known" ]; then
  FOUND=yes
  say "known vulnerabilities, of $count libraries (https://osv.dev/<id> tells more):"
  LC_ALL=C sort -u "$FILES/known" | while read -r library id; do printf '%-70s %s\n' "$library" "$id"; done
  exit 1
fi
say "no known vulnerability in $count libraries"
