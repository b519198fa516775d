#!/usr/bin/env bash
# Runs the migration tool from a checkout, for one service or for all five.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/migrate.sh <service|schema|all> <command> [argument …]

  scripts/migrate.sh users current               where one schema is
  scripts/migrate.sh all history --verbose       all five: users, agents, chat, tracing, admin
  scripts/migrate.sh agents revision -m 'add tags' --autogenerate
  scripts/migrate.sh chat downgrade -1           "all" downgrades in the reverse order
  scripts/migrate.sh users --help                every command

The jar is built when its sources changed; new and edited SQL files count at once, without a build.
"all" stops at the first service that fails; with --json it answers with one array.

The database is that of MIGRATION_DATABASE_URL, else of DATABASE_URL, else of DB_HOST, DB_PORT, DB_NAME, DB_USER
and DB_PASSWORD (or POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER and POSTGRES_PASSWORD: each counts where
its DB_… is not set), else the PostgreSQL of scripts/up.sh. With any but the first the roles that
scripts/create_schemas.sh made there log in, when their passwords are in A2G_LOCAL_DIR or in A2G_ROLES_FILE.

Exit status: that of the tool (docs/migrations.md); 1 when it cannot be built, 64 for wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

main() {
  case ${1:-} in
    '') usage >&2 && exit $EXIT_USAGE ;;
    -h | --help) usage && exit ;;
  esac
  local who=$1 services
  shift
  [ $# -gt 0 ] || fail $EXIT_USAGE "no command; scripts/migrate.sh $who --help lists them"
  if [ "$who" = all ]; then
    services=$A2G_SERVICES
  else
    services=$(find_service "$who") || fail $EXIT_USAGE "there is no service '$who'; there are $A2G_SERVICES, and all"
  fi
  # shellcheck disable=SC2086 # a list of names
  prepare_migration $services
  if [ "$who" = all ]; then
    run_for_all "$@"
  else
    run_tool "$services" "$@"
  fi
}

main "$@"
