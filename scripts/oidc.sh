#!/usr/bin/env bash
# Plays a sign-in through an identity provider, and other clients, against the platform that up.sh started.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/oidc.sh [--help]

Runs an OpenID provider for a moment, signs a user in through it headlessly with an independent client, refreshes,
reads userinfo, signs out. Then two client libraries go through what discovery promises. The platform must have been
started with the same three variables:

Variable               Default                  Meaning
A2G_IDP_ISSUER         none                     http URL on this machine to run the provider on
A2G_IDP_CLIENT_ID      none                     what the provider knows the platform by
A2G_IDP_CLIENT_SECRET  none                     the secret of that
A2G_ISSUER             user-service's address   the platform's issuer
A2G_LOCAL_DIR          <root>/.local            folder with the administrator's API key

Needs Node.js 20 or newer with npm.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process packages node services; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

case ${1:-} in
  '') ;;
  -h | --help) usage && exit ;;
  *) die "unknown argument '$1'; scripts/oidc.sh --help lists what there is" ;;
esac
load_settings
mkdir -p "$LOG_DIR"
[ -n "${A2G_IDP_ISSUER:-}" ] || die 'A2G_IDP_ISSUER is not set; scripts/oidc.sh --help says what it is'
export A2G_IDP_CLIENT_ID A2G_IDP_CLIENT_SECRET
ensure_node
node_modules "$ROOT/scripts/oidc"
node "$ROOT/scripts/oidc/sign-in.mjs" "$(platform_issuer)" "$A2G_IDP_ISSUER" "$A2G_LOCAL_DIR/admin-api-key"
node "$ROOT/scripts/oidc/clients.mjs" "$(platform_issuer)" "$A2G_LOCAL_DIR/admin-api-key"
