#!/usr/bin/env bash
# Moves one schema of the platform that scripts/up.sh runs to a database of its own on the same server, plays the
# demo, brings the schema back, and plays the demo again. With --without-replication the rows are copied while the
# services are stopped.
#
#   SPLIT_SERVICE   which service (chat-service)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database split services migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

OPTIONS=()
case ${1:-} in
  '') ;;
  --without-replication) OPTIONS=(--without-replication) ;;
  *) fail "$EXIT_USAGE" "unknown argument '$1'; there is --without-replication" ;;
esac
SERVICE=$(find_service "${SPLIT_SERVICE:-chat-service}") || fail "$EXIT_USAGE" "SPLIT_SERVICE is no service; one of: $A2G_SERVICES"

load_settings
prepare_migration user-service
service_pid "$SERVICE" >/dev/null || fail "$EXIT_REFUSED" 'the platform is not up; start it with scripts/up.sh'
# The part before the database's name: a URL for this may have no parameters.
SPLIT_URL=${ADMIN_URL%/*}/a2g_$(service_schema "$SERVICE")
export SPLIT_URL
ADMIN_URL=$SPLIT_URL run_create_schemas --roles-file "$ROLES_FILE" --create-database >"$LOG_DIR/create-schemas.log" 2>&1 ||
  die "cannot make the database: $(schemas_complaint "$LOG_DIR/create-schemas.log")"
end_migration

# What an earlier run left in that database may go.
"$ROOT/scripts/split_schema.sh" "$SERVICE" --replace ${OPTIONS[@]+"${OPTIONS[@]}"}
"$ROOT/scripts/demo.sh"
"$ROOT/scripts/split_schema.sh" "$SERVICE" --back ${OPTIONS[@]+"${OPTIONS[@]}"}
"$ROOT/scripts/demo.sh"
say "$SERVICE was moved and brought back; the demo passed both times"
