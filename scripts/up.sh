#!/usr/bin/env bash
# Brings the platform up: JDK, build, PostgreSQL, schemas and roles, the five services. Safe to repeat.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/up.sh [--help]

Builds what changed, starts an embedded PostgreSQL and the five services, and waits until they are ready.
Running it again leaves running services alone, starts dead ones and restarts those whose build changed.

Variable               Default            Meaning
A2G_HOST               127.0.0.1          address the services listen on
TEXT
  local service
  for service in $A2G_SERVICES; do
    printf '%-22s %-18s TCP port of %s\n' "$(port_variable "$service")" "$(registered "$service" 4)" "$service"
  done
  cat <<'TEXT'
A2G_DB_PORT            5442               TCP port of the embedded PostgreSQL, on loopback
A2G_SERVICE_MEMORY     192m               Java heap limit of each service, with m or g; at least 96m
A2G_LOCAL_DIR          <root>/.local      folder for the database, logs, keys and start-up caches
A2G_START_TIMEOUT      300                seconds the services may take until they are ready
A2G_STOP_TIMEOUT       30                 seconds a process may take to stop before it is killed
A2G_AOT_CACHE          on                 on or off: start-up caches (130 MiB of disk per service)
A2G_INSTALL            yes                yes or no: install a missing JDK or Maven with the package manager
A2G_MIN_FREE_MIB       by step, 50-1250   MiB of disk that must be free before each step
DATABASE_URL           none               postgresql://user:password@host:port/database to use instead of the
                                          embedded server; a user with CREATEROLE gets a role per service
JAVA_HOME              found              folder of a JDK 25 or newer

Exit status: 0 when all services are ready; anything else with one line on stderr that says why, and
nothing that this run started is left running.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split services aot report; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

PG_STARTED=no

main() {
  case ${1:-} in
    '') ;;
    -h | --help) usage && return ;;
    *) die "unknown argument '$1'; scripts/up.sh --help lists what there is" ;;
  esac
  BEGAN=$(now_ms)
  load_settings
  make_local_dir
  load_postgres_settings
  choose_database
  take_lock
  trap tidy_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  await_stopping_services
  await_stopping_postgres
  check_ports
  ensure_jdk
  choose_java_flags
  build_if_changed
  bring_up
  say
  print_services || die 'a service that was ready is not ready any more; scripts/status.sh shows which'
  print_addresses
  say "up in $(seconds_since "$BEGAN") s"
}

# Before anything that takes time.
check_ports() {
  local service
  for service in $A2G_SERVICES; do
    service_pid "$service" >/dev/null ||
      require_free_port "$A2G_HOST" "$(service_port "$service")" "$(upper "$service")_PORT"
  done
  [ -n "$EXTERNAL_URL" ] || postgres_pid >/dev/null || require_free_port 127.0.0.1 "$A2G_DB_PORT" A2G_DB_PORT
}

bring_up() {
  local service list
  stop_changed_services
  list=$(stopped_services)
  for service in $list; do extract_service "$service"; done
  if [ -z "$list" ]; then
    [ -n "$EXTERNAL_URL" ] || start_postgres
  else
    extract_service user-service
    prepare_database
    # shellcheck disable=SC2086 # lists of names
    make_caches $list
    say "starting $list"
    for service in $list; do
      remove_old_builds "$service"
      start_service "$service"
    done
  fi
  # shellcheck disable=SC2086
  wait_until_ready $A2G_SERVICES
}

stop_changed_services() {
  local service
  for service in $A2G_SERVICES; do
    service_pid "$service" >/dev/null || continue
    read_state "$service"
    if [ "$STATE_BUILD" != "$(jar_id "$service")" ]; then
      say "$service was built anew: restarting it"
      stop_services "$service"
    elif [ "$STATE_HOST $STATE_PORT" != "$A2G_HOST $(service_port "$service")" ] || [ "$STATE_DB" != "$DB_LABEL" ]; then
      say "$service keeps running on $STATE_HOST:$STATE_PORT with database $STATE_DB; run scripts/down.sh first to change that"
    fi
  done
}

stopped_services() {
  local service list=''
  for service in $A2G_SERVICES; do
    service_pid "$service" >/dev/null || list="$list $service"
  done
  echo "${list# }"
}

# Stops what this run started, and only that, when it did not succeed.
tidy_up() {
  local code=$? pid service
  trap '' EXIT HUP INT TERM
  if [ $code -ne 0 ]; then
    [ $code -lt 128 ] || printf 'up.sh: interrupted; stopping what this run started\n' >&2
    for pid in $TASK_PID $TRAINERS; do kill -TERM "$pid" 2>/dev/null || true; done
    # A service that is still starting has nothing to lose.
    for service in $STARTED_SERVICES; do
      if pid=$(service_pid "$service"); then kill_hard "$pid" && wait_gone 10 "$pid"; fi
      rm -f "$A2G_LOCAL_DIR/run/$service/pid"
    done
    [ "$PG_STARTED" = no ] || stop_postgres
  fi
  release_lock
  exit $code
}

main "$@"
