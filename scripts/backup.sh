#!/usr/bin/env bash
# Backs up all five schemas and the uploads into one folder, and proves each file.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/backup.sh [--dir DIR] [--without-uploads]

Writes DIR/<time>/<schema>-….dump (pg_dump's custom format) for users, agents, chat, tracing and admin, each with a
.json beside it: time, server, version of the schema, rows of every table, SHA-256. Each file is read again before it
counts. DIR is A2G_BACKUP_DIR, or backups in A2G_LOCAL_DIR. Each schema is consistent in itself; stop the services
first when all five must be of the same moment.

Then the uploads are copied into DIR/<time>/uploads, from FILE_STORAGE_DIR (default: files in A2G_LOCAL_DIR): the file of each
row in the dump of chat, each compared with the SHA-256 in its row. A file stays for 30 days after its row was removed,
so each that the dump lists is still there. --without-uploads leaves them out, where another program backs up the folder.

The database is chosen as in scripts/migrate.sh. pg_dump must not be older than the server; PG_BIN names its folder.
Exit status: 0 all five are there; that of the tool for the service that failed; 64 wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate uploads; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

main() {
  local service code folder dir=${A2G_BACKUP_DIR:-} uploads=yes
  while [ $# -gt 0 ]; do
    case $1 in
      --without-uploads) uploads=no ;;
      --dir) [ $# -gt 1 ] || fail $EXIT_USAGE '--dir needs a folder' && dir=$2 && shift ;;
      -h | --help) usage && exit ;;
      *) fail $EXIT_USAGE "unknown argument '$1'; scripts/backup.sh --help lists what there is" ;;
    esac
    shift
  done
  # shellcheck disable=SC2086 # a list of names
  prepare_migration $A2G_SERVICES
  folder=${dir:-$A2G_LOCAL_DIR/backups}/$(date -u +%Y%m%dT%H%M%SZ)
  (umask 077 && mkdir -p "$folder") || fail 1 "cannot make $folder; give --dir a folder you may write to"
  say "database: $DB_LABEL"
  for service in $A2G_SERVICES; do
    code=0
    run_tool "$service" backup --dir "$folder" || code=$?
    [ $code -eq 0 ] || fail $code "$service was not backed up; $folder is not complete"
  done
  if [ $uploads = yes ]; then
    say "uploads: $(uploads_dir)"
    copy_uploads "$(echo "$folder"/chat-*.dump)" "$(uploads_dir)" "$folder/uploads" ||
      fail 1 "an upload was not backed up; set FILE_STORAGE_DIR to their folder, or add --without-uploads; $folder is not complete"
  fi
  say "backup: $folder"
}

main "$@"
