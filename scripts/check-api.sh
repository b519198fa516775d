#!/usr/bin/env bash
# Looks at the API from outside: its documents, a generated client, boundary values, Swagger UI in a browser.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/check-api.sh documents | client | fuzz [--seconds N] [--seed N] | browser

  documents   Spectral with OWASP's rules over docs/api; the exceptions are in scripts/api/spectral.yaml
  client      generates a client's types from docs/api, compiles it, and does partial updates with it
  fuzz        sends boundary values to every operation of the five documents that the services publish:
              never an answer of 5xx, always a documented status with the documented content
              --seconds N   how long; 60 unless given
              --seed N      the seed of an earlier run, for the same values
  browser     opens Swagger UI of the five services in Chromium, authorises, and sends one request

All but the first need the platform that scripts/up.sh started. They make users and other things there, and change
and delete nothing but those.

Variable              Default                 Meaning
USER_SERVICE_URL …    http://127.0.0.1:8001   where the services are; also AGENT_, CHAT_, TRACING_, ADMIN_
USER_SERVICE_PORT …   8001 …                  ports where no URL is given, as for up.sh
A2G_ADMIN_API_KEY     from A2G_LOCAL_DIR      an administrator's API key
A2G_LOCAL_DIR         <root>/.local           folder whose file admin-api-key has it

Needs Node.js 20 or newer with npm; fuzz needs a JDK 25 instead. Without Chromium, "browser" says so and does nothing,
but in CI (variable CI) installs it.

Exit status: 0 when everything was as it should be.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
API=$ROOT/scripts/api
for part in common process jdk packages node build services system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

prepare_node() {
  mkdir -p "$LOG_DIR"
  ensure_node
  node_modules "$API"
}

# The tool of the folder's lock file.
tool() {
  "$API/node_modules/.bin/$1" "${@:2}"
}

service_urls() {
  local service variable
  for service in $A2G_SERVICES; do
    variable=$(upper "$service")_URL
    echo "${!variable:-http://$(probe_host "$A2G_HOST"):$(service_port "$service")}"
  done
}

export_admin_key() {
  A2G_ADMIN_API_KEY=${A2G_ADMIN_API_KEY:-$(cat "$A2G_LOCAL_DIR/admin-api-key" 2>/dev/null)} && export A2G_ADMIN_API_KEY ||
    die "no administrator's API key in $A2G_LOCAL_DIR; run scripts/up.sh, or set A2G_ADMIN_API_KEY"
}

check_documents() {
  prepare_node
  tool spectral lint --ruleset "$API/spectral.yaml" --fail-severity warn "$ROOT"/docs/api/*.yaml
}

check_client() {
  local service
  prepare_node
  export_admin_key
  for service in $A2G_SERVICES; do
    tool openapi-typescript "$ROOT/docs/api/$service.yaml" --output "$API/target/$service.d.ts" >/dev/null
  done
  tool tsc --project "$API"
  # shellcheck disable=SC2046 # one word for each service
  node "$API/target/client.js" $(service_urls)
}

check_browser() {
  local browser
  browser=$(find_browser) || { in_ci && install_packages chromium && browser=$(find_browser); } || {
    in_ci && die 'no Chromium is here, and none could be installed'
    say 'no Chromium is here (package chromium): Swagger UI is NOT CHECKED in a browser'
    return
  }
  prepare_node
  export_admin_key
  # shellcheck disable=SC2046 # one word for each service
  node "$API/swagger-ui.mjs" "$browser" $(service_urls)
}

find_browser() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

in_ci() {
  [ -n "${CI:-}" ] && [ "$CI" != false ]
}

fuzz() {
  local seconds=60 seed=''
  while [ $# -gt 0 ]; do
    [[ ${2:-} =~ ^-?[0-9]{1,11}$ ]] || die "$1 needs a number; --help explains"
    case $1 in
      --seconds) seconds=$2 ;;
      --seed) seed=$2 ;;
      *) die "unknown argument '$1'; --help lists what there is" ;;
    esac
    shift 2
  done
  find_jdk || die "no JDK $JDK_WANTED or newer found$(older_jdks); install one and set JAVA_HOME to its folder"
  build_system_test
  # shellcheck disable=SC2086 # nothing, when there is no seed
  system_test -XX:TieredStopAtLevel=1 -XX:+UseSerialGC io.a2g.systemtest.fuzz.Fuzz "$seconds" $seed
}

load_settings
case ${1:-} in
  documents | client | browser) [ $# -eq 1 ] || die "'$1' takes no arguments" && "check_$1" ;;
  fuzz) fuzz "${@:2}" ;;
  -h | --help) usage ;;
  *) usage >&2 && exit 2 ;;
esac
