# Reads settings from a file of lines NAME=value. The file is text: nothing in it is run.

DATABASE_SETTINGS='DATABASE_URL MIGRATION_DATABASE_URL DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD MIGRATION_DB_USER MIGRATION_DB_PASSWORD A2G_ROLES_FILE
  POSTGRES_HOST POSTGRES_PORT POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD
  DATABASE_URL_FILE MIGRATION_DATABASE_URL_FILE DB_PASSWORD_FILE MIGRATION_DB_PASSWORD_FILE POSTGRES_PASSWORD_FILE'

# read_env_file <file>: exports all that it sets, because a migration may depend on a setting of its service, as
# EMBEDDING_DIMENSION; the database's settings of this shell are forgotten first.
read_env_file() {
  local line name value number=0
  [ -r "$1" ] || fail $EXIT_REFUSED "cannot read $1; copy .env.internal.example to it and fill it in, or give --env"
  # shellcheck disable=SC2086 # a list of names
  unset $DATABASE_SETTINGS
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] ||
      fail $EXIT_REFUSED "$1, line $number is not NAME=value"
    name=${BASH_REMATCH[2]} value=$(env_value "${BASH_REMATCH[3]}")
    [ -z "$value" ] || export "$name=$value"
  done <"$1"
}

# The value without quotes around it, or without a comment behind it.
env_value() {
  local value=$1
  case $value in
    \"*\"*) value=${value#\"} && value=${value%%\"*} ;;
    \'*\'*) value=${value#\'} && value=${value%%\'*} ;;
    *) value=${value%%[[:space:]]#*} && value=${value%"${value##*[![:space:]]}"} ;;
  esac
  printf '%s' "$value"
}
