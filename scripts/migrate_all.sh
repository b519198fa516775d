#!/usr/bin/env bash
# Brings all five schemas to the newest version: plans first, then applies in a fixed order, stops at the first failure.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/migrate_all.sh [--plan] [--resume] [--yes] [--json]

Plans all five services first (users, agents, chat, tracing, admin) and applies nothing when one plan fails. Then
it applies in that order and stops at the first failure: the services before it are done, those after it are not
started. What failed can be corrected and the same command run again.

  --plan     only plan
  --resume   leave out services that have nothing to do, after a failure
  --yes      do not ask; needed where nobody can answer
  --json     answer with one JSON document; implies that nobody can answer

The database is chosen as in scripts/migrate.sh.
Exit status: 0 all done; 4 not confirmed; that of the tool for the service that failed; 64 wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate fan_out; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

PLAN_ONLY=no RESUME=no CONFIRMED=no JSON=no

read_options() {
  local option
  for option in "$@"; do
    case $option in
      --plan) PLAN_ONLY=yes ;;
      --resume) RESUME=yes ;;
      --yes) CONFIRMED=yes ;;
      --json) JSON=yes ;;
      -h | --help) usage && exit ;;
      *) fail $EXIT_USAGE "unknown argument '$option'; scripts/migrate_all.sh --help lists what there is" ;;
    esac
  done
}

# A line for people; a program that asked for JSON gets only the document.
tell() {
  [ $JSON = yes ] || say "$@"
}

main() {
  local code=0
  read_options "$@"
  # shellcheck disable=SC2086 # a list of names
  prepare_migration $A2G_SERVICES
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"; end_migration' EXIT
  tell "database: $DB_LABEL"
  plan_all || code=$?
  if [ $code -eq 0 ] && [ $PLAN_ONLY = no ]; then
    confirm
    apply_all || code=$?
  fi
  if [ $JSON = yes ]; then summary_json $code; else summary_table $code; fi
  return $code
}

confirm() {
  local answer=''
  [ "$CONFIRMED" = no ] && [ "$PENDING_TOTAL" -gt 0 ] || return 0
  [ $JSON = no ] && [ -t 0 ] || fail $EXIT_REFUSED "$PENDING_TOTAL migrations are pending in $DB_LABEL; give --yes to apply them"
  read -r -p "Apply $PENDING_TOTAL migrations to $DB_LABEL? [y/N] " answer
  [[ $answer == [yY]* ]] || fail $EXIT_REFUSED 'not confirmed; nothing was applied'
}

main "$@"
