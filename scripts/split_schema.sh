#!/usr/bin/env bash
# Moves the schema of one service to a database of its own, and back.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/split_schema.sh <service|schema> --to <url> [--replace] [--without-replication]
       scripts/split_schema.sh <service|schema> --back [--without-replication]

Moves one schema of the platform that scripts/up.sh runs to another PostgreSQL database, or back again:
  1. makes schemas and roles there (the same roles and passwords) and applies the migrations;
  2. copies every row and follows the changes by logical replication, while the services go on; where the servers or
     users cannot do that, it says why, and the rows are copied in step 4;
  3. stops the services whose references are concerned; from here on the pause is measured;
  4. waits for the last changes (or copies the rows), counts and hashes all rows on both sides, and takes the services'
     rights in the old database;
  5. switches: the service uses the new database, and it and the others ask each other over HTTP;
  6. starts them, with their start-up caches, and waits until they are ready.
When a step up to 4 fails, everything is as before: the old database is opened again and the services are started on it.

  --to URL    postgresql://user:password@host:port/database, which exists; a user who may make roles. Better in the
              variable SPLIT_URL, because a command line can be read by everybody on the machine. For replication both
              servers need PostgreSQL 15 or newer, the one the schema comes from wal_level = logical, and both users
              the right to replicate (superusers have it); the new server must reach the old one
  --replace   rows that only the other database has may go (what an interrupted run left there)
  --back      the other direction; the rows there are copied back and replace the old ones
  --without-replication
              copy while the services are stopped

The settings are those of scripts/up.sh. Exit status: 0 moved; 3 the copy differed; 4 refused; 1 anything else.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split services aot migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

STAGE=nothing
REPLICATED=()

read_arguments() {
  SERVICE='' DESTINATION=${SPLIT_URL:-} BACK=no REPLACE=() REPLICATION=yes
  while [ $# -gt 0 ]; do
    case $1 in
      --to) [ $# -gt 1 ] || fail "$EXIT_USAGE" '--to needs a URL' && DESTINATION=$2 && shift ;;
      --back) BACK=yes ;;
      --replace) REPLACE=(--replace) ;;
      --without-replication) REPLICATION=no ;;
      -h | --help) usage && exit ;;
      -*) fail "$EXIT_USAGE" "unknown argument '$1'; scripts/split_schema.sh --help lists what there is" ;;
      *) SERVICE=$(find_service "$1") || fail "$EXIT_USAGE" "'$1' is no service; one of: $A2G_SERVICES" ;;
    esac
    shift
  done
  [ -n "$SERVICE" ] || fail "$EXIT_USAGE" 'which service? scripts/split_schema.sh --help'
  SCHEMA=$(service_schema "$SERVICE")
  if [ $BACK = yes ]; then
    is_split "$SCHEMA" || fail "$EXIT_REFUSED" "$SCHEMA is where it was; there is nothing to bring back"
  else
    [[ $DESTINATION =~ ^postgres(ql)?:// ]] || fail "$EXIT_USAGE" 'give --to postgresql://user:password@host:port/database'
    ! is_split "$SCHEMA" || fail "$EXIT_REFUSED" "$SCHEMA is in a database of its own already; bring it --back first"
  fi
}

choose_ends() {
  local home=$ADMIN_URL
  if [ $BACK = yes ]; then
    FROM=$(cat "$(split_file "$SCHEMA")") TO=$home
    # What is there is the state of the day of the split.
    REPLACE=(--replace)
  else
    FROM=$home TO=$DESTINATION
  fi
}

prepare_destination() {
  say "preparing $SCHEMA in $(label_of "$TO")"
  ADMIN_URL=$TO open_schemas || fail 1 "cannot make schemas and roles in $(label_of "$TO"): $(schemas_complaint "$LOG_DIR/create-schemas.log")"
  run_tool_at "$(role_url "${SCHEMA}_migrator" "$TO")" "$SERVICE" upgrade head
}

# Also gives the roles back what the end of a move takes.
open_schemas() {
  run_create_schemas --roles-file "$ROLES_FILE" >"$LOG_DIR/create-schemas.log" 2>&1
}

label_of() {
  local label=${1#*://}
  label=${label%%\?*}
  echo "${label##*@}"
}

# replicate [option…]: between the two ends, with the rights of those who may make roles there.
replicate() {
  SPLIT_DESTINATION=$(role_url "${SCHEMA}_migrator" "$TO") SPLIT_FROM_ADMIN=$FROM SPLIT_TO_ADMIN=$TO
  export SPLIT_DESTINATION SPLIT_FROM_ADMIN SPLIT_TO_ADMIN
  run_tool_at "$(role_url "${SCHEMA}_migrator" "$FROM")" "$SERVICE" replicate --to-variable SPLIT_DESTINATION \
    --from-admin-variable SPLIT_FROM_ADMIN --to-admin-variable SPLIT_TO_ADMIN "$@"
}

start_replication() {
  local code=0
  [ $REPLICATION = yes ] || return 0
  REPLICATED=(--replicated)
  replicate ${REPLACE[@]+"${REPLACE[@]}"} || code=$?
  [ $code -ne 0 ] || return 0
  [ $code -eq $EXIT_NO_RIGHT ] || exit $code
  REPLICATED=()
  say 'copying the rows while the services are stopped instead'
}

# Else the source keeps for ever what the other side has not got.
end_replication() {
  [ ${#REPLICATED[@]} -eq 0 ] || replicate --stop
}

move_rows() {
  local code=0
  SPLIT_DESTINATION=$(role_url "${SCHEMA}_migrator" "$TO")
  export SPLIT_DESTINATION
  run_tool_at "$(role_url "${SCHEMA}_migrator" "$FROM")" "$SERVICE" move --to-variable SPLIT_DESTINATION \
    --close-source ${REPLICATED[@]+"${REPLICATED[@]}"} ${REPLACE[@]+"${REPLACE[@]}"} || code=$?
  [ $code -eq 0 ] || exit $code
}

# Not by up.sh, which would look first whether anything else has changed: everybody waits.
start_again() {
  local service
  for service in "$@"; do start_service "$service"; done
  wait_until_ready "$@"
}

switch() {
  local file
  file=$(split_file "$SCHEMA")
  if [ $BACK = yes ]; then
    rm -f "$file"
  else
    (umask 077 && mkdir -p "${file%/*}" && printf '%s' "$TO" >"$file.part") && mv "$file.part" "$file"
  fi
}

# Everything as it was, when something failed between stop and start.
give_up() {
  local code=$?
  trap '' EXIT HUP INT TERM
  if [ $code -ne 0 ]; then end_replication >&2 || true; fi
  if [ $code -ne 0 ] && [ $STAGE = stopped ]; then
    printf 'split_schema.sh: not moved; opening the old database again and starting the services on it\n' >&2
    ADMIN_URL=$FROM open_schemas || true
    release_lock
    "$ROOT/scripts/up.sh" >&2 || true
  fi
  end_migration
  exit $code
}

main() {
  local stopped began service
  load_settings
  read_arguments "$@"
  unset MIGRATION_DATABASE_URL
  prepare_migration "$SERVICE"
  service_pid "$SERVICE" >/dev/null || fail "$EXIT_REFUSED" 'the platform is not up; start it with scripts/up.sh'
  [ -n "$ROLES_FILE" ] || fail "$EXIT_REFUSED" 'all services use one database user here; a schema moves only when it has roles of its own'
  trap give_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  choose_ends
  [ $BACK = yes ] || register_clients
  prepare_destination
  start_replication
  stopped=$(related_services "$SERVICE")
  SINGLE_USER=no
  choose_java_flags
  for service in $stopped; do extract_service "$service"; done
  say "stopping $stopped"
  began=$(now_ms)
  # shellcheck disable=SC2086 # a list of names
  stop_services $stopped
  STAGE=stopped
  move_rows
  say "rows moved after $(seconds_since "$began") s"
  STAGE=switched
  switch
  # shellcheck disable=SC2086
  start_again $stopped
  say "$SCHEMA is in $(label_of "$TO") now; the pause was $(seconds_since "$began") s"
  end_replication
}

main "$@"
