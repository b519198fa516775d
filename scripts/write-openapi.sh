#!/bin/sh
# Writes docs/api/<service>.yaml from what each service publishes, and docs/api/access/<service>.txt with who may
# call what. Run it when a test says that one is out of date, and read the difference before you commit it.
# Usage: scripts/write-openapi.sh [service …]   (default: all; needs JAVA_HOME with a JDK 25)
set -eu

cd "$(dirname "$0")/.."
# shellcheck disable=SC2046 # one word for each service
[ $# -gt 0 ] || set -- $(awk '$1 == "service" { print $2 }' platform-common/kernel/src/main/resources/platform-services.conf)
modules=$(IFS=,; echo "$*")
echo "writing docs/api for $*"
mvn -q -B -ntp -pl "$modules" -am verify -DskipUnitTests -Dspotless.check.skip \
  -Dit.test='PlatformContractIT$Documents' -Dfailsafe.failIfNoSpecifiedTests=false -Dopenapi.write=true -Daccess.write=true >/dev/null
git diff --stat -- docs/api
