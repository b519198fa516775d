#!/usr/bin/env bash
# Measures one row read by key over HTTP with an API key: our services against pgbench (the floor), against
# Fastify + pg (a peer) and against bare Jetty + JDBC, in turns, on a platform of its own. Takes ten minutes.
#
#   BENCH_PAIRS    rounds of floor, service and peer (4)
#   BENCH_SECONDS  seconds each of the four runs in a round (8)
#   BENCH_PORT     first of the eight ports it uses (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in jdk packages build system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

require_tool wrk 'package wrk of your system'
require_tool pgbench 'package postgresql-contrib or postgresql-client of your system'
require_tool node 'Node.js 20 or newer'
require_tool npm 'Node.js 20 or newer'
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "node is $(node --version); this needs 20 or newer"

if [ ! -d "$ROOT/scripts/bench/node_modules" ]; then
  say 'fetching the peer with npm, into scripts/bench/node_modules'
  npm ci --prefix "$ROOT/scripts/bench" --no-progress >/dev/null
fi
start_platform
ensure_jdk
build_system_test
node "$ROOT/scripts/bench/read-by-key.mjs"
