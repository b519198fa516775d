# Which database the services use, its schemas and roles, and the URLs they log in with.

# Exit code of CreateSchemas: the user may not create roles.
NO_RIGHT_TO_CREATE_ROLES=4

# Sets DB_LABEL (host, port and database, fit for output) from DATABASE_URL or the embedded server.
choose_database() {
  EXTERNAL_URL=${DATABASE_URL:-}
  DB_LABEL=127.0.0.1:$A2G_DB_PORT/$PG_DATABASE
  [ -n "$EXTERNAL_URL" ] || return 0
  [[ $EXTERNAL_URL =~ ^(jdbc:)?postgres(ql)?:// ]] ||
    die 'DATABASE_URL is not readable; write postgresql://user:password@host:port/database'
  DB_LABEL=${EXTERNAL_URL#*://}
  DB_LABEL=${DB_LABEL%%\?*}
  DB_LABEL=${DB_LABEL##*@}
}

# The URL of DB_HOST, DB_PORT and DB_NAME, and of the migrating or else the serving user; nothing without a host. For each
# DB_… that is missing the PostgreSQL image's name counts, POSTGRES_…, as in the services.
url_of_parts() {
  local host=${DB_HOST:-${POSTGRES_HOST:-}} port=${DB_PORT:-${POSTGRES_PORT:-5432}} name=${DB_NAME:-${POSTGRES_DB:-a2g}} credentials=''
  local user=${MIGRATION_DB_USER:-${DB_USER:-${POSTGRES_USER:-}}} password=${MIGRATION_DB_PASSWORD:-${DB_PASSWORD:-${POSTGRES_PASSWORD:-}}}
  [ -n "$host" ] || return 0
  if [ -n "$user" ]; then
    credentials=$(percent_encoded "$user")
    [ -z "$password" ] || credentials=$credentials:$(percent_encoded "$password")
    credentials=$credentials@
  fi
  printf 'postgresql://%s%s:%s/%s' "$credentials" "$host" "$port" "$name"
}

# Brings up the database and makes schemas and roles; the services can log in afterwards.
prepare_database() {
  if [ -n "$EXTERNAL_URL" ]; then
    ADMIN_URL=$EXTERNAL_URL
    ROLES_FILE=$A2G_LOCAL_DIR/roles-$(printf '%s' "$DB_LABEL" | $SHA256 | head -c 12)
    create_schemas
  else
    start_postgres
    DB_LABEL=127.0.0.1:$PG_PORT/$PG_DATABASE
    ADMIN_URL=postgresql://$PG_SUPERUSER:$(cat "$PG_PASSWORD_FILE")@$DB_LABEL
    ROLES_FILE=$A2G_LOCAL_DIR/roles
    create_schemas --create-database
  fi
}

# create_schemas [option…]: safe to repeat. SINGLE_USER tells whether the services have roles of their own.
create_schemas() {
  local log=$LOG_DIR/create-schemas.log code=0
  SINGLE_USER=no
  run_create_schemas --roles-file "$ROLES_FILE" "$@" >"$log" 2>&1 || code=$?
  if [ $code -eq $NO_RIGHT_TO_CREATE_ROLES ]; then
    say 'the user of DATABASE_URL may not create roles: all five services use that user (the least-privilege roles are missing)'
    SINGLE_USER=yes code=0
    run_create_schemas --single-user "$@" >"$log" 2>&1 || code=$?
  fi
  [ $code -eq 0 ] || explain_failure "$log" "cannot prepare the database: $(schemas_complaint "$log")"
}

# The URL goes through the environment, because everybody can read a command line.
run_create_schemas() {
  local lib
  lib=$(app_dir user-service)/lib
  DATABASE_URL=$ADMIN_URL "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -cp "$(printf '%s:' "$lib"/{platform-kernel,platform-migrate,postgresql}-*.jar)" \
    io.a2g.common.migrate.schemas.CreateSchemas "$@" 9>&- </dev/null
}

# What CreateSchemas said, with its advice about its own options turned into what to do here.
schemas_complaint() {
  local line
  line=$(grep -av 'explains the options$' "$1" | tail -n 1 || true)
  line=${line#create_schemas: }
  echo "${line/add --create-database/make it with scripts/create_schemas.sh --create-database}"
}

# role_url <role> [url]: the database's URL with that role's name and password.
role_url() {
  local name password url=${2:-$ADMIN_URL} head query='' location
  name=$(upper "$1")_PASSWORD
  password=$(sed -n "s/^$name=//p" "$ROLES_FILE")
  [ -n "$password" ] || die "$ROLES_FILE has no $name; delete that file and run this again for new passwords"
  head=${url%%://*}:// location=${url#*://}
  [[ $location != *\?* ]] || query=$(query_without_credentials "${location#*\?}")
  location=${location%%\?*}
  printf '%s%s:%s@%s%s' "$head" "$1" "$(percent_encoded "$password")" "${location##*@}" "$query"
}

# A password written by hand may hold characters that mean something in a URL; byte by byte, whatever the locale.
percent_encoded() {
  local i char LC_ALL=C
  for ((i = 0; i < ${#1}; i++)); do
    char=${1:i:1}
    case $char in
      [A-Za-z0-9._~-]) printf '%s' "$char" ;;
      *) printf '%%%02X' "'$char" ;;
    esac
  done
}

query_without_credentials() {
  local rest='' part
  local IFS='&'
  for part in $1; do
    case $part in user=* | password=*) ;; *) rest="$rest&$part" ;; esac
  done
  [ -z "$rest" ] || printf '?%s' "${rest#&}"
}

# Exports what a service reads to find its database.
export_database() {
  local schema
  schema=$(service_schema "$1")
  unset DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD DB_SCHEMA POSTGRES_HOST POSTGRES_PORT POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD
  if [ "$SINGLE_USER" = yes ]; then
    export DATABASE_URL=$ADMIN_URL
    export MIGRATION_DATABASE_URL=$ADMIN_URL
  else
    DATABASE_URL=$(role_url "${schema}_app" "$(database_of "$schema")") && export DATABASE_URL
    MIGRATION_DATABASE_URL=$(role_url "${schema}_migrator" "$(database_of "$schema")") && export MIGRATION_DATABASE_URL
  fi
}
