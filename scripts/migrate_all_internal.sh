#!/usr/bin/env bash
# Migrates all five schemas of a shared or production database: typed confirmation, a proven backup, then migrate_all.sh.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/migrate_all_internal.sh [--env FILE] [--plan] [--resume]

Reads the database from FILE (default: .env in the repository; .env.internal.example shows what may be in it), plans
all five services, asks you to type the database's name, takes a backup and proves that it can be read, and then
applies as scripts/migrate_all.sh does.

  --env FILE   the settings; read as text, never run as shell
  --plan       only plan
  --resume     leave out services that have nothing to do, after a failure

In a pipeline, where nobody can type, CONFIRM_DATABASE=<name of the database> confirms.
Settings of the database come from FILE only, so that a forgotten variable of this shell cannot redirect it.
A2G_BACKUP_DIR is the folder for backups (default: backups in A2G_LOCAL_DIR).

Exit status: 0 all done; 4 not confirmed; that of what failed otherwise; 64 wrong usage.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split migrate env_file; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

ENV_FILE=$ROOT/.env
RESUME=()
PLAN_ONLY=no

main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --env) [ $# -gt 1 ] || fail $EXIT_USAGE '--env needs a file' && ENV_FILE=$2 && shift ;;
      --plan) PLAN_ONLY=yes ;;
      --resume) RESUME=(--resume) ;;
      -h | --help) usage && exit ;;
      *) fail $EXIT_USAGE "unknown argument '$1'; scripts/migrate_all_internal.sh --help lists what there is" ;;
    esac
    shift
  done
  read_env_file "$ENV_FILE"
  load_settings
  make_local_dir
  load_postgres_settings
  choose_migration_database
  [ "$LOCAL_PLATFORM" = no ] || fail $EXIT_REFUSED "$ENV_FILE names no database; set DATABASE_URL, MIGRATION_DATABASE_URL, DB_HOST or POSTGRES_HOST in it"
  say "database: ${DB_LABEL##*/} on ${DB_LABEL%/*} (from $ENV_FILE)"
  "$ROOT/scripts/migrate_all.sh" --plan
  [ $PLAN_ONLY = no ] || return 0
  confirm_database "${DB_LABEL##*/}"
  say 'backup, before anything is changed'
  # A migration does not touch the folder of uploads, and files stay for 30 days after their rows.
  "$ROOT/scripts/backup.sh" --without-uploads || fail $? 'no backup, so nothing was applied'
  "$ROOT/scripts/migrate_all.sh" --yes ${RESUME[@]+"${RESUME[@]}"} || how_to_go_back $?
}

# The name, typed or given: what a habit or a wrong terminal cannot do.
confirm_database() {
  local answer=${CONFIRM_DATABASE:-}
  if [ -z "$answer" ]; then
    [ -t 0 ] || fail $EXIT_REFUSED "not confirmed; set CONFIRM_DATABASE=$1 where nobody can type"
    read -r -p "Type the name of the database to migrate it ($1): " answer
  fi
  [ "$answer" = "$1" ] || fail $EXIT_REFUSED "'$answer' is not the database's name $1; nothing was applied"
}

how_to_go_back() {
  cat >&2 <<TEXT
migrate_all_internal.sh: not all services were migrated; the table above says which.
  Forward: correct what failed, then run this again with --resume. Services that are done keep working.
  Back, structure: scripts/migrate.sh <service> downgrade <version before>, last service first.
  Back, data too: scripts/restore.sh <folder of the backup above> --into <new database>, then point the services there.
  docs/operations.md, "Rollback", says which one when.
TEXT
  exit "$1"
}

main "$@"
