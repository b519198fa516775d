#!/usr/bin/env bash
# Restores what scripts/backup.sh wrote, into a new database, and compares the rows of every table with the backup.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/restore.sh <folder> --into <new database>

Makes the database on the server of the settings, with the platform's schemas and roles, restores the five backups of
the folder, and counts every table. An existing database is never touched: try the new one, then point the services
to it (DATABASE_URL, MIGRATION_DATABASE_URL).

The server is chosen as in scripts/migrate.sh; the user must be allowed to create databases and roles, so DATABASE_URL
is preferred to MIGRATION_DATABASE_URL here. Without a file of the roles' passwords everything belongs to that user.
Exit status: 0 restored and equal; 3 some table differs; 4 refused; 5 failed; 7, 8 as in docs/migrations.md; 64 wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

main() {
  local folder='' into='' roles=() files=()
  while [ $# -gt 0 ]; do
    case $1 in
      --into) [ $# -gt 1 ] || fail $EXIT_USAGE '--into needs the name of a new database' && into=$2 && shift ;;
      -h | --help) usage && exit ;;
      -*) fail $EXIT_USAGE "unknown argument '$1'; scripts/restore.sh --help lists what there is" ;;
      *) folder=$1 ;;
    esac
    shift
  done
  [ -n "$folder" ] && [ -n "$into" ] || fail $EXIT_USAGE 'give a folder and --into <new database>'
  files=("$folder"/*.dump)
  [ -e "${files[0]}" ] || fail $EXIT_REFUSED "there is no backup in $folder"
  [ -z "${DATABASE_URL:-}" ] || unset MIGRATION_DATABASE_URL
  prepare_migration user-service
  [ -z "$ROLES_FILE" ] || roles=(--roles-file "$ROLES_FILE")
  # Roles are the server's, so each backup's grants to the others' roles find them.
  run_tool_at "$ADMIN_URL" user-service restore "${files[@]}" --into "$into" ${roles[@]+"${roles[@]}"}
}

main "$@"
