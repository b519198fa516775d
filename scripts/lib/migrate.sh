# The migration tool of a service's jar: which database it works on, and how it is run from a checkout.
# Needs common, jdk, packages, build, postgres, process and database.

EXIT_REFUSED=4
EXIT_UNREACHABLE=7
EXIT_NO_RIGHT=8
EXIT_USAGE=64

# fail <code> <text>: as die, with one of the tool's exit codes.
fail() {
  local code=$1
  shift
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit "$code"
}

# Settings, JDK, jars and database; what it says goes to stderr, so that answers stay readable by programs.
prepare_migration() {
  load_settings
  make_local_dir
  load_postgres_settings
  ensure_jdk >&2
  trap end_migration EXIT
  build_tools_if_changed "$@" >&2
  choose_migration_database
}

# Ends the PostgreSQL that was started for this command alone, and gives the folder free.
end_migration() {
  [ "${PG_STARTED_HERE:-no}" = no ] || stop_postgres >&2
  release_lock
}

# find_service <user-service|users>: prints the service's name.
find_service() {
  local service
  for service in $A2G_SERVICES; do
    if [ "$1" = "$service" ] || [ "$1" = "$(service_schema "$service")" ]; then
      echo "$service"
      return
    fi
  done
  return 1
}

# Everything the tool is made of. The SQL files are not: it reads them where they are.
tool_fingerprint() {
  (
    cd "$ROOT" || exit
    # shellcheck disable=SC2086 # a command and its options
    find pom.xml .mvn platform-common/pom.xml platform-common/*/pom.xml platform-common/*/src/main "$1/pom.xml" "$1/src/main" \
      -path '*-service/src/main/resources/db' -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 $SHA256 | $SHA256
  )
}

# build_tools_if_changed <service…>: only these; scripts/up.sh builds all of them.
build_tools_if_changed() {
  local service stale='' stamp=$A2G_LOCAL_DIR/build.fingerprint
  for service in "$@"; do
    tool_is_current "$service" || stale="$stale,$service"
  done
  [ -n "$stale" ] || return 0
  if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$(source_fingerprint)" ]; then
    take_lock
    # The jars are not of one build any more.
    rm -f "$stamp"
    build_tools "${stale#,}"
  fi
  for service in ${stale//,/ }; do
    mkdir -p "$A2G_LOCAL_DIR/run/$service"
    tool_fingerprint "$service" >"$A2G_LOCAL_DIR/run/$service/tool.fingerprint"
  done
}

tool_is_current() {
  local stamp=$A2G_LOCAL_DIR/run/$1/tool.fingerprint
  [ -s "$(service_jar "$1")" ] && [ -s "$stamp" ] && [ "$(cat "$stamp")" = "$(tool_fingerprint "$1")" ]
}

# Without what only a start of the service needs (-Dspring-boot.aot.skip), which is most of the time.
build_tools() {
  ensure_maven
  require_space 1000 "$ROOT" 'the build'
  say "building $1 (log: $LOG_DIR/build.log)"
  run_task 'building' "$LOG_DIR/build.log" \
    in_root "$MVN" -B -ntp -DskipTests -Dspotless.check.skip=true -Dspring-boot.aot.skip=true -pl "$1" -am package || build_failed
}

# Sets ADMIN_URL, ROLES_FILE (empty: everybody is the user of ADMIN_URL), DB_LABEL. The first that is set:
# MIGRATION_DATABASE_URL, DATABASE_URL, the parts (url_of_parts); else the PostgreSQL of scripts/up.sh.
choose_migration_database() {
  local roles=${A2G_ROLES_FILE:-}
  ROLES_FILE='' LOCAL_PLATFORM=no
  ADMIN_URL=${MIGRATION_DATABASE_URL:-${DATABASE_URL:-$(url_of_parts)}}
  if [ -z "$ADMIN_URL" ]; then
    choose_local_platform
    return
  fi
  DATABASE_URL=$ADMIN_URL choose_database
  # An address for migrations is taken as it is; for any other the roles are used that create_schemas.sh made.
  if [ -z "${MIGRATION_DATABASE_URL:-}" ]; then
    [ -n "$roles" ] || roles=$A2G_LOCAL_DIR/roles-$(printf '%s' "$DB_LABEL" | $SHA256 | head -c 12)
    [ ! -r "$roles" ] || ROLES_FILE=$roles
  fi
  [ -z "${A2G_ROLES_FILE:-}" ] || [ -r "$A2G_ROLES_FILE" ] || fail $EXIT_REFUSED "A2G_ROLES_FILE is '$A2G_ROLES_FILE', which cannot be read"
}

# The PostgreSQL of scripts/up.sh, for as long as the command runs when it does not run by itself: an entity
# that is ahead of its migrations keeps its service from starting, and up.sh with it, until there is a draft.
choose_local_platform() {
  LOCAL_PLATFORM=stopped
  DB_LABEL=127.0.0.1:$A2G_DB_PORT/$PG_DATABASE
  ADMIN_URL=postgresql://$DB_LABEL
  [ -s "$A2G_LOCAL_DIR/roles" ] && [ -s "$PG_DATA/PG_VERSION" ] || return 0
  if ! postgres_pid >/dev/null; then
    take_lock
    PG_STARTED_HERE=yes
    start_postgres >&2
  fi
  LOCAL_PLATFORM=running
  DB_LABEL=127.0.0.1:$(sed -n 4p "$PG_DATA/postmaster.pid")/$PG_DATABASE
  ADMIN_URL=postgresql://$PG_SUPERUSER:$(cat "$PG_PASSWORD_FILE")@$DB_LABEL
  ROLES_FILE=$A2G_LOCAL_DIR/roles
  # The migrators may not make databases; this server is the developer's own.
  export MIGRATION_SHADOW_URL=${MIGRATION_SHADOW_URL:-$ADMIN_URL}
}

# run_tool <service> <command> [argument…]: as the role that migrates this service's schema.
run_tool() {
  local url=$ADMIN_URL schema
  schema=$(service_schema "$1")
  [ -z "$ROLES_FILE" ] || url=$(role_url "${schema}_migrator" "$(database_of "$schema")")
  run_tool_at "$url" "$@"
}

# run_tool_at <url> <service> <command> [argument…]
run_tool_at() {
  local url=$1 service=$2
  shift 2
  case ${1:-help} in
    -* | help | create-schemas | generate-completion) ;; # these read no files
    *) set -- "$@" --sources "$ROOT/$service/src/main/resources/db" ;;
  esac
  run_jar "$url" "$service" "$@"
}

# run_for_all [option…] [command [argument…]]: the tool's own command for all services, each as the role that migrates
# its schema.
run_for_all() {
  local service schema jars=$A2G_LOCAL_DIR/jars
  mkdir -p "$jars"
  for service in $A2G_SERVICES; do
    ln -sfn "$(tool_jar "$service")" "$jars/$service.jar"
    schema=$(service_schema "$service")
    if [ -n "$ROLES_FILE" ] && is_split "$schema"; then
      export "MIGRATION_DATABASE_URL_$(upper "$schema")=$(database_of "$schema")"
    fi
  done
  [ -z "$ROLES_FILE" ] || set -- --roles-file "$ROLES_FILE" "$@"
  run_jar "$ADMIN_URL" "${A2G_SERVICES%% *}" all --jars "$jars" --checkout "$ROOT" "$@"
}

# The unpacked jar of scripts/up.sh, which starts faster, or else the built one.
tool_jar() {
  local jar
  jar=$(app_dir "$1")/$1.jar
  [ -s "$jar" ] || jar=$(service_jar "$1")
  echo "$jar"
}

# run_jar <url> <service> <argument…>: the exit code is the tool's. The URL goes through the environment, because
# everybody can read a command line.
run_jar() {
  local url=$1 jar code=0
  jar=$(tool_jar "$2")
  shift 2
  MIGRATION_DATABASE_URL=$url "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
    -jar "$jar" migrate "$@" 9>&- || code=$?
  if [ $code -eq $EXIT_UNREACHABLE ] && [ $LOCAL_PLATFORM = stopped ]; then
    printf '%s: the PostgreSQL of %s is not running; start it with scripts/up.sh, or set DATABASE_URL\n' "${0##*/}" "$A2G_LOCAL_DIR" >&2
  fi
  return $code
}
