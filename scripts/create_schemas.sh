#!/usr/bin/env bash
# Makes the five schemas and their roles in the database of DATABASE_URL, or of DB_HOST (POSTGRES_HOST) and its
# companions, from a checkout. Safe to repeat.
# Options are those of the program: scripts/create_schemas.sh --help. Unless told otherwise the passwords of the
# roles go to the file in A2G_LOCAL_DIR (default .local) that scripts/up.sh uses for the same database.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common process jdk packages build postgres database; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done

CLASSES=$ROOT/platform-common/migrate/target/classes:$ROOT/platform-common/kernel/target/classes
CLASSPATH_FILE=$ROOT/platform-common/migrate/target/create-schemas.classpath

main() {
  load_settings
  make_local_dir
  load_postgres_settings
  DATABASE_URL=${DATABASE_URL:-$(url_of_parts)}
  export DATABASE_URL
  ensure_jdk
  compile_if_changed
  add_roles_file "$@"
  exec "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CLASSES:$(cat "$CLASSPATH_FILE")" \
    io.a2g.common.migrate.schemas.CreateSchemas "${OPTIONS[@]}"
}

# The sources need only the JDK and the driver, but the driver's version is Maven's to choose.
compile_if_changed() {
  local sources=("$ROOT/platform-common/kernel/src/main" "$ROOT/platform-common/migrate/src/main")
  [ ! -s "$CLASSPATH_FILE" ] || [ -n "$(find "${sources[@]}" "$ROOT/pom.xml" -newer "$CLASSPATH_FILE" | head -n 1)" ] || return 0
  ensure_maven
  run_task 'building' "$LOG_DIR/create-schemas-build.log" in_root "$MVN" -q -B -ntp -Dspotless.check.skip=true \
    -pl platform-common/migrate -am compile dependency:build-classpath -DincludeArtifactIds=postgresql \
    -DincludeScope=runtime "-Dmdep.outputFile=$CLASSPATH_FILE" ||
    explain_failure "$LOG_DIR/create-schemas-build.log" 'platform-common/migrate does not build'
}

# Sets OPTIONS: what was given, and the roles file of this database unless another choice was made.
add_roles_file() {
  local option url=${DATABASE_URL:-} previous=''
  OPTIONS=("$@")
  for option in "$@"; do
    case $option in --roles-file | --single-user | --help) return ;; esac
    [ "$previous" != --url ] || url=$option
    previous=$option
  done
  DATABASE_URL=$url choose_database
  [ -n "$url" ] || return 0
  OPTIONS+=(--roles-file "$A2G_LOCAL_DIR/roles-$(printf '%s' "$DB_LABEL" | $SHA256 | head -c 12)")
}

main "$@"
