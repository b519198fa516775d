# Schemas that live in a database of their own. $A2G_LOCAL_DIR/split/<schema> holds that database's URL, with a user who
# may make roles; mode 0600. Services whose schemas are in different databases ask each other over HTTP.

split_file() {
  echo "$A2G_LOCAL_DIR/split/$1"
}

is_split() {
  [ -s "$(split_file "$1")" ]
}

# The database of a schema: its own, or that of the platform.
database_of() {
  if is_split "$1"; then cat "$(split_file "$1")"; else printf '%s' "$ADMIN_URL"; fi
}

# Where the services find each other and what they say to be let in. One file for all of them, made once.
service_token_file() {
  local file=$A2G_LOCAL_DIR/service-token
  if [ ! -s "$file" ]; then
    (umask 077 && head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$file.part") && mv "$file.part" "$file"
  fi
  echo "$file"
}

# export_peers <schema>: which of the others are asked over HTTP, and where.
export_peers() {
  local service schema name
  for service in $A2G_SERVICES; do
    schema=$(service_schema "$service") name=$(upper "$(service_schema "$service")")
    unset "A2G_${name}_PEER" "A2G_${name}_URL"
    [ "$schema" != "$1" ] || continue
    if is_split "$schema" || is_split "$1"; then
      export "A2G_${name}_PEER=http" "A2G_${name}_URL=http://$(probe_host "$A2G_HOST"):$(service_port "$service")"
    fi
  done
  unset A2G_SERVICE_TOKEN A2G_SERVICE_TOKEN_FILE
  ! any_split || export A2G_SERVICE_TOKEN_FILE="$A2G_LOCAL_DIR/service-token"
}

any_split() {
  local service
  for service in $A2G_SERVICES; do
    ! is_split "$(service_schema "$service")" || return 0
  done
  return 1
}
