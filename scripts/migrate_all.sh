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
for part in common process jdk packages build postgres database split migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

main() {
  local option
  for option in "$@"; do
    case $option in
      --plan | --resume | --yes | --json) ;;
      -h | --help) usage && exit ;;
      *) fail $EXIT_USAGE "unknown argument '$option'; scripts/migrate_all.sh --help lists what there is" ;;
    esac
  done
  # shellcheck disable=SC2086 # a list of names
  prepare_migration $A2G_SERVICES
  run_for_all "$@"
}

main "$@"
