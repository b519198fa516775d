#!/usr/bin/env bash
# Shows which services run and whether they are ready. Exit status: 0 all ready, 1 some not, 3 none runs.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process postgres services report; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

case ${1:-} in
  '') ;;
  -h | --help)
    say 'Usage: scripts/status.sh: shows the services of A2G_LOCAL_DIR (default <root>/.local).'
    say 'Exit status: 0 all ready, 1 some not ready, 3 none runs.'
    exit 0
    ;;
  *) die "unknown argument '$1'; scripts/status.sh takes none" ;;
esac

load_settings
load_postgres_settings
if [ -d "$A2G_LOCAL_DIR" ]; then A2G_LOCAL_DIR=$(cd "$A2G_LOCAL_DIR" && pwd -P); fi
print_services
