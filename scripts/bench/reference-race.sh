#!/usr/bin/env bash
# Races creations, deletions, hand-overs, restores and purges of users, agents, sessions, traces and files over
# HTTP, on two instances each of user-, agent- and chat-service and one of tracing-service, and counts the orphans
# in the database. Exit status 0: as expected.
#
#   --without-lock    takes the lock out of the pin functions first; then orphans must be found
#
#   RACE_OPERATIONS   requests in all (20000)
#   BENCH_PORT        first of the nine ports it uses (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build postgres database split services system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
RACE_OPERATIONS=${RACE_OPERATIONS:-20000}
check_number RACE_OPERATIONS
require_tool psql 'package postgresql-client of your system'
RACE_LOCK=yes
case ${1:-} in
  '') ;;
  --without-lock) RACE_LOCK=no ;;
  *) die "unknown argument '$1'; there is --without-lock" ;;
esac
export A2G_LOCAL_DIR=$BENCH_RESULTS/reference-race RACE_OPERATIONS RACE_LOCK
# Start-up caches would cost more than they save here.
export A2G_AOT_CACHE=off
# What is deleted goes at the next run of the purge, so that tombstones are no net below a missing lock.
export A2G_PURGE_RETENTION=PT0S A2G_PURGE_INTERVAL=PT1S
# Users who are deleted meanwhile send files with keys that are no keys any more, all from one address.
export A2G_RATE_LIMIT_FAILURES=0
SECOND_PIDS=''

tidy_up() {
  local code=$? pid
  trap '' EXIT INT TERM
  for pid in $SECOND_PIDS; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $SECOND_PIDS; do wait_gone 30 "$pid" || kill_hard "$pid"; done
  stop_platform
  exit $code
}

# An empty database: the run before may have left functions without a lock.
forget_the_last_run() {
  stop_platform
  rm -rf "$A2G_LOCAL_DIR/pgdata" "$A2G_LOCAL_DIR/roles" "$A2G_LOCAL_DIR/admin-api-key" "$A2G_LOCAL_DIR/files"
}

# The settings that up.sh has worked with, for the second instances.
know_the_platform() {
  load_settings
  make_local_dir
  load_postgres_settings
  choose_database
  ensure_jdk
  choose_java_flags
  PG_PORT=$A2G_DB_PORT SINGLE_USER=no
  ADMIN_URL=postgresql://$PG_SUPERUSER:$(cat "$PG_PASSWORD_FILE")@$DB_LABEL
  make_master_key
  ROLES_FILE=$A2G_LOCAL_DIR/roles
}

# second_port <service>
second_port() {
  local name
  name=SECOND_$(upper "$1")_PORT
  echo "${!name}"
}

# start_second <service> <port>
start_second() {
  local folder=$A2G_LOCAL_DIR/run/$1-second
  mkdir -p "$folder"
  (
    export_database "$1"
    export SERVER_ADDRESS=$A2G_HOST SERVER_PORT=$2 FILE_STORAGE_DIR=$A2G_LOCAL_DIR/files MALLOC_ARENA_MAX=2
    cd "$folder" || exit
    exec "$JAVA" "${JAVA_FLAGS[@]}" "-Djava.io.tmpdir=$folder" -jar "$(app_dir "$1")/$1.jar"
  ) >"$LOG_DIR/$1-second.log" 2>&1 </dev/null &
  SECOND_PIDS="$SECOND_PIDS $!"
}

# await_second <service> <port>
await_second() {
  local end=$((SECONDS + A2G_START_TIMEOUT))
  until [ "$(http_status "$A2G_HOST" "$2" /actuator/health/readiness)" = 200 ]; do
    [ $SECONDS -lt $end ] || die "the second $1 was not ready in time; log: $LOG_DIR/$1-second.log"
    sleep 0.5
  done
}

take_the_lock_out() {
  PGPASSWORD=$(cat "$PG_PASSWORD_FILE") psql -qXv ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U "$PG_SUPERUSER" -d "$PG_DATABASE" \
    -f "$ROOT/scripts/bench/references/without-lock.sql"
  say 'the pin functions look and lock nothing now'
}

trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
forget_the_last_run
"$ROOT/scripts/up.sh"
know_the_platform
build_system_test
export SECOND_USER_SERVICE_PORT=$((BENCH_PORT + 6)) SECOND_AGENT_SERVICE_PORT=$((BENCH_PORT + 7)) SECOND_CHAT_SERVICE_PORT=$((BENCH_PORT + 8))
for service in user-service agent-service chat-service; do
  start_second $service "$(second_port $service)"
done
for service in user-service agent-service chat-service; do
  await_second $service "$(second_port $service)"
done
say 'two instances each of user-, agent- and chat-service are ready'
[ $RACE_LOCK = yes ] || take_the_lock_out
export RACE_DATABASE=$ADMIN_URL
system_test io.a2g.systemtest.race.ReferenceRace "$BENCH_RESULTS/reference-race-lock-$RACE_LOCK.json"
