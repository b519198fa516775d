#!/usr/bin/env bash
# Stops the services that up.sh started, then the embedded PostgreSQL. Harmless when nothing runs; no data is lost.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process postgres services; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

case ${1:-} in
  '') ;;
  -h | --help)
    say 'Usage: scripts/down.sh: stops the services and the embedded PostgreSQL of A2G_LOCAL_DIR (default <root>/.local).'
    say 'A2G_STOP_TIMEOUT: seconds each may take before it is killed (30).'
    exit 0
    ;;
  *) die "unknown argument '$1'; scripts/down.sh takes none" ;;
esac

load_settings
if [ ! -d "$A2G_LOCAL_DIR" ]; then
  say 'nothing runs'
  exit 0
fi
make_local_dir
load_postgres_settings
take_lock
trap release_lock EXIT

running=''
for service in $A2G_SERVICES; do
  ! service_pid "$service" >/dev/null || running="$running $service"
done
if [ -n "$running" ]; then
  say "stopping$running"
  # shellcheck disable=SC2086 # a list of names
  stop_services $running
fi
if postgres_pid >/dev/null; then
  say 'stopping PostgreSQL'
  stop_postgres
  running="$running postgresql"
fi
if [ -n "$running" ]; then say 'all stopped; the data is kept'; else say 'nothing runs'; fi
