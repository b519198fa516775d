# What an operator runs, each script once for real: on a server of its own, because the pg_dump that is installed
# may be older than the embedded server. Sourced after verify; needs a built platform in A2G_LOCAL_DIR.

OPERATORS_DATABASE=operators

# Prints the folder of an installed PostgreSQL with server and client, the newest one first.
installed_postgres() {
  local bin
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) "$(pg_config --bindir 2>/dev/null || true)"; do
    [ -x "$bin/initdb" ] && [ -x "$bin/pg_dump" ] && [ -x "$bin/psql" ] && echo "$bin" && return
  done
  return 1
}

run_operators_story() {
  local bin began
  bin=$(installed_postgres) || { say '   no PostgreSQL with initdb, pg_dump and psql is installed: backup, restore and the rest are not tried' && return; }
  began=$(now_ms)
  # A subshell: its server, settings and end are its own.
  (
    trap stop_postgres EXIT
    start_operators_server "$bin" >"$RESULTS/operators-server.log" 2>&1 || die "the server did not start; log: $RESULTS/operators-server.log"
    export DATABASE_URL=$OPERATORS_URL PG_BIN=$bin
    operators_story
  ) || die "a script for operators failed; logs: $RESULTS/operators-*.log"
  say "   scripts for operators: $(seconds_since "$began") s"
}

# start_operators_server <bin>: sets OPERATORS_URL.
start_operators_server() {
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/postgres.sh"
  local port=$((ADMIN_SERVICE_PORT + 2))
  while port_answers 127.0.0.1 $port; do port=$((port + 1)); done
  LOG_DIR=$RESULTS PG_HOME=${1%/bin} PG_PORT=$port
  PG_DATA=$A2G_LOCAL_DIR/operators/pgdata PG_PASSWORD_FILE=$A2G_LOCAL_DIR/operators/password PG_LOG=$RESULTS/operators-postgresql.log
  mkdir -p "${PG_DATA%/*}"
  chmod 711 "${PG_DATA%/*}"
  choose_postgres_user
  (umask 077 && mkdir "$PG_DATA" && random_password >"$PG_PASSWORD_FILE")
  chown "$PG_OWNER" "$PG_DATA" "$PG_PASSWORD_FILE"
  as_postgres "$1/initdb" -D "$PG_DATA" -U postgres "--pwfile=$PG_PASSWORD_FILE" --auth=scram-sha-256 --encoding=UTF8 --locale=C
  printf "\ninclude_if_exists = 'a2g.conf'\nfsync = off\n" >>"$PG_DATA/postgresql.conf"
  launch_postgres
  OPERATORS_URL=postgresql://postgres:$(cat "$PG_PASSWORD_FILE")@127.0.0.1:$PG_PORT/$OPERATORS_DATABASE
}

operators_story() {
  local env_file=$A2G_LOCAL_DIR/operators/env
  (umask 077 && printf 'DATABASE_URL=%s\nA2G_BACKUP_DIR=%s\n' "$DATABASE_URL" "$A2G_LOCAL_DIR/operators/before" >"$env_file")
  ends_with 0 create-schemas scripts/create_schemas.sh --create-database
  ends_with 0 create-schemas-again scripts/create_schemas.sh

  # A table that nobody recorded stops the third service on its way, which no plan can know.
  ends_with 0 first-of-chat scripts/migrate.sh chat upgrade +1
  operators_sql 'SET ROLE chat_owner; CREATE TABLE chat.chat_sessions (in_the_way int)'
  CONFIRM_DATABASE=another ends_with 4 wrong-name scripts/migrate_all_internal.sh --env "$env_file"
  says wrong-name "'another' is not the database's name"
  [ ! -e "$A2G_LOCAL_DIR/operators/before" ] || die 'a backup was taken before the name was confirmed'
  ends_with 5 internal typed "$OPERATORS_DATABASE" scripts/migrate_all_internal.sh --env "$env_file"
  says internal 'backup: '
  [ "$(operators_states internal)" = 'done done failed not not' ] || die "the table of migrate_all_internal.sh says: $(operators_states internal)"
  [ "$(find "$A2G_LOCAL_DIR/operators/before" -name '*.dump' | wc -l)" -eq 5 ] || die 'there are not five files in the backup'

  operators_sql 'DROP TABLE chat.chat_sessions'
  ends_with 0 resume scripts/migrate_all.sh --yes --resume
  [ "$(operators_states resume)" = 'at at done done done' ] || die "the table of migrate_all.sh --resume says: $(operators_states resume)"

  store_upload
  ends_with 0 backup scripts/backup.sh --dir "$A2G_LOCAL_DIR/operators/after"
  ends_with 0 restore scripts/restore.sh "$(sed -n 's/^backup: //p' "$RESULTS/operators-backup.log")" --into restored
  says restore flyway_schema_history
  [ "$(cat "$A2G_LOCAL_DIR/operators/files-restored/$UPLOAD")" = hello ] || die 'the upload is not in the restored folder'
  [ ! -e "$A2G_LOCAL_DIR/operators/files-restored/storage-id" ] || die 'the restored folder belongs to the database of the original'
  ends_with 4 restore-again scripts/restore.sh "$(sed -n 's/^backup: //p' "$RESULTS/operators-backup.log")" --into restored --uploads "$A2G_LOCAL_DIR/operators/other"
  ends_with 4 restore-into-uploads scripts/restore.sh "$(sed -n 's/^backup: //p' "$RESULTS/operators-backup.log")" --into another --uploads "$FILE_STORAGE_DIR"
  rm "$FILE_STORAGE_DIR/$UPLOAD"
  ends_with 1 backup-incomplete scripts/backup.sh --dir "$A2G_LOCAL_DIR/operators/incomplete"
  says backup-incomplete 'an upload was not backed up'
}

# An upload as chat-service leaves it: the row, and the file at its place in a folder that bears the database's id.
store_upload() {
  local key=0123456789abcdef0123456789abcdef
  UPLOAD=01/23/$key
  export FILE_STORAGE_DIR=$A2G_LOCAL_DIR/operators/files
  mkdir -p "$FILE_STORAGE_DIR/01/23"
  printf hello >"$FILE_STORAGE_DIR/$UPLOAD"
  echo 5b0c2a4e-6d0f-4a7e-9b1d-0123456789ab >"$FILE_STORAGE_DIR/storage-id"
  operators_sql "INSERT INTO chat.file_uploads (user_id, original_name, content_type, size_bytes, sha256, storage_key)
    VALUES (1, E'a\tb.txt', 'text/plain', 5, sha256('hello'), '$key')"
}

# ends_with <exit code> <name> <command…>
ends_with() {
  local wanted=$1 name=$2 code=0 began
  shift 2
  began=$(now_ms)
  "$@" >"$RESULTS/operators-$name.log" 2>&1 </dev/null || code=$?
  [ $code -eq "$wanted" ] || { tail -n 20 "$RESULTS/operators-$name.log" >&2 && die "$1 ended with $code instead of $wanted"; }
  say "     $name: $(seconds_since "$began") s"
}

# typed <text> <command…>: on a terminal, where somebody types that text.
typed() {
  local text=$1
  shift
  command -v script >/dev/null || die 'script (package bsdutils or util-linux) is not here, so nothing can be typed on a terminal'
  printf '%s\n' "$text" | script -qec "$(printf '%q ' "$@")" /dev/null
}

# says <name> <text>
says() {
  grep -aqF -e "$2" "$RESULTS/operators-$1.log" || die "operators-$1.log does not say: $2"
}

# The first word of each service's state in the table, in one line.
operators_states() {
  local service
  for service in $A2G_SERVICES; do
    sed -n "s/^$service  *\([a-z]*\) .*/\1/p" "$RESULTS/operators-$1.log" | tail -n 1
  done | tr '\n' ' ' | sed 's/ $//'
}

operators_sql() {
  "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -c "$1" >>"$RESULTS/operators-psql.log" 2>&1 ||
    die "psql failed; log: $RESULTS/operators-psql.log"
}
