#!/usr/bin/env bash
# Restores what scripts/backup.sh wrote, into a new database and a new folder of uploads, and compares them with the backup.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/restore.sh <folder> --into <new database> [--uploads <new folder>]

Makes the database on the server of the settings, with the platform's schemas and roles, restores the five backups of
the folder, counts every table, and puts the uploads into a new folder (default: that of FILE_STORAGE_DIR with the
database's name after it). What exists is never touched: try the new ones, then point the services to them
(DATABASE_URL, MIGRATION_DATABASE_URL, FILE_STORAGE_DIR). chat-service binds the two to each other at its first start.

The server is chosen as in scripts/migrate.sh; the user must be allowed to create databases and roles, so DATABASE_URL
is preferred to MIGRATION_DATABASE_URL here. Without a file of the roles' passwords everything belongs to that user.
Exit status: 0 restored and equal; 3 some table or upload differs; 4 refused; 5 failed; 7, 8 as in docs/migrations.md; 64 wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate uploads; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

main() {
  local folder='' into='' uploads='' roles=() files=()
  while [ $# -gt 0 ]; do
    case $1 in
      --into) [ $# -gt 1 ] || fail $EXIT_USAGE '--into needs the name of a new database' && into=$2 && shift ;;
      --uploads) [ $# -gt 1 ] || fail $EXIT_USAGE '--uploads needs the name of a new folder' && uploads=$2 && shift ;;
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
  uploads=${uploads:-$(uploads_dir)-$into}
  [ ! -d "$folder/uploads" ] || [ ! -e "$uploads" ] || fail $EXIT_REFUSED "$uploads exists; give --uploads a new folder"
  [ -z "$ROLES_FILE" ] || roles=(--roles-file "$ROLES_FILE")
  # Roles are the server's, so each backup's grants to the others' roles find them.
  run_tool_at "$ADMIN_URL" user-service restore "${files[@]}" --into "$into" ${roles[@]+"${roles[@]}"}
  if [ -d "$folder/uploads" ]; then
    copy_uploads "$(echo "$folder"/chat-*.dump)" "$folder/uploads" "$uploads" || fail 3 "the uploads in $uploads are not those of the backup"
    say "uploads: $uploads (FILE_STORAGE_DIR of chat-service)"
  else
    say 'the backup has no uploads'
  fi
}

main "$@"
