#!/usr/bin/env bash
# The main job on real input, against the platform that up.sh started.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/demo.sh [--document PATH … --question TEXT [--expect TEXT]]

A user registers an agent that knows documents, chats with it and reads the trace, on the
platform that scripts/up.sh started. Every step is checked; what was made stays there.

  --document PATH   a text or a folder of Markdown that the agent is to know; without it,
                    README.md and docs
  --question TEXT   what to ask it
  --expect TEXT     words of the passage that the search must find; without them it must
                    find what the demo's own exact search finds

Variable              Default                 Meaning
USER_SERVICE_URL …    http://127.0.0.1:8001   where the services are; also AGENT_, CHAT_,
                                              TRACING_ and ADMIN_SERVICE_URL
USER_SERVICE_PORT …   8001 …                  ports where no URL is given, as for up.sh
A2G_ADMIN_API_KEY     from A2G_LOCAL_DIR      an administrator's API key
A2G_LOCAL_DIR         <root>/.local           folder whose file admin-api-key has it
EMBEDDING_DIMENSION   384                     numbers in a vector; must be the platform's
NO_COLOR              none                    when set, no colours; a pipe gets none anyway

Exit status: 0 when every step was as it should be; otherwise 1, with one line that says
which one was not.
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
case $#:${1:-} in
  1:-h | 1:--help) usage && exit ;;
esac
for part in common jdk packages build system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

find_jdk || die "no JDK $JDK_WANTED or newer found$(older_jdks); install one and set JAVA_HOME to its folder"

colours=false
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then colours=true; fi

build_system_test
system_test -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Ddemo.colours=$colours" io.a2g.systemtest.demo.Demo "$@"
