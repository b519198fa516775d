#!/usr/bin/env bash
# Everything a change must pass, on a real PostgreSQL: scripts, build, tests, and the platform's main job.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/verify.sh [--help]

Variable            Default   Meaning
CI                  none      set, and not "false": PostgreSQL with pgvector is installed, or the run fails
TEST_DATABASE_URL   none      a superuser's URL of the server for the tests; otherwise a container, an
                              installed PostgreSQL with pgvector, or the embedded one
JAVA_HOME           found     folder of a JDK 25 or newer

What it leaves to read is in target/verify/. Exit status: 0 when everything passed.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
case ${1:-} in
  '') ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
cd "$ROOT"

# Nobody's database but the tests' own: a service under test would read these.
unset DATABASE_URL MIGRATION_DATABASE_URL DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD DB_SCHEMA \
  POSTGRES_HOST POSTGRES_PORT POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD POSTGRES_PASSWORD_FILE

RESULTS=$ROOT/target/verify
SANDBOX=$(mktemp -d)
A2G_LOCAL_DIR=$SANDBOX/local
export A2G_LOCAL_DIR
for part in common process jdk packages build verify verify_operators; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

STEP='preparation'
STEP_NUMBER=0
BEGAN=$SECONDS

# step <title> <function>: the function's failure ends the run, and the exit trap names the step.
step() {
  local began
  STEP=$1 STEP_NUMBER=$((STEP_NUMBER + 1))
  began=$(now_ms)
  say "== $STEP_NUMBER. $STEP"
  "$2"
  say "   ok, $(seconds_since "$began") s"
}

finish() {
  local code=$?
  trap '' EXIT HUP INT TERM
  [ -z "$TASK_PID" ] || kill -TERM "$TASK_PID" 2>/dev/null || true
  end_story
  rm -rf "$SANDBOX"
  if [ $code -ne 0 ]; then
    printf 'verify: failed at step %s (%s) after %s s; logs in target/verify/\n' \
      "$STEP_NUMBER" "$STEP" "$((SECONDS - BEGAN))" >&2
  fi
  exit $code
}

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

rm -rf "$RESULTS"
mkdir -p "$RESULTS"
load_settings
LOG_DIR=$RESULTS

step 'JDK and Maven' find_tools
step 'scripts' check_scripts
step 'no registry hosts, no paths of one machine' check_names
step 'migrations come in pairs' check_migrations
step 'pgvector' check_pgvector
step 'build and tests' run_build
step 'a new service by its recipe' try_recipe
step 'known vulnerabilities' check_dependencies
step 'compose file' check_compose
step 'alert rules' check_alerts
step 'the main job, from an empty folder' run_story

say "verify: all passed in $((SECONDS - BEGAN)) s"
