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

client_secret_file() {
  echo "$A2G_LOCAL_DIR/clients/$1"
}

# A service calls the others by the credentials of the OAuth client that has its name. Registered once, at user-service,
# while the platform is up.
register_clients() {
  local service
  for service in $A2G_SERVICES; do
    [ -s "$(client_secret_file "$service")" ] || register_client "$service"
  done
}

register_client() {
  local file answer secret
  file=$(client_secret_file "$1")
  answer=$(http_send "$(probe_host "$A2G_HOST")" "$(service_port user-service)" 'POST /api/v1/oauth-clients HTTP/1.1' \
    "{\"client_id\":\"$1\",\"name\":\"$1\",\"grant_types\":[\"client_credentials\"],\"scopes\":[\"internal\"]}" \
    "Authorization: Bearer $(cat "$A2G_LOCAL_DIR/admin-api-key")" 'Content-Type: application/json') || true
  secret=$(sed -n 's/.*"client_secret":"\([^"]*\)".*/\1/p' <<<"$answer")
  [ -n "$secret" ] || die "user-service registers no OAuth client for $1: $(tail -n 1 <<<"$answer")"
  (umask 077 && mkdir -p "${file%/*}" && printf '%s' "$secret" >"$file.part") && mv "$file.part" "$file"
}

# export_peers <schema>: which of the others are asked over HTTP, and where.
export_peers() {
  local service schema name own=''
  for service in $A2G_SERVICES; do
    schema=$(service_schema "$service") name=$(upper "$(service_schema "$service")")
    unset "A2G_${name}_URL"
    [ "$schema" != "$1" ] || { own=$service && continue; }
    if is_split "$schema" || is_split "$1"; then
      export "A2G_${name}_URL=http://$(probe_host "$A2G_HOST"):$(service_port "$service")"
    fi
  done
  unset A2G_CLIENT_SECRET A2G_CLIENT_SECRET_FILE
  ! any_split || A2G_CLIENT_SECRET_FILE=$(client_secret_file "$own")
  ! any_split || export A2G_CLIENT_SECRET_FILE
}

any_split() {
  local service
  for service in $A2G_SERVICES; do
    ! is_split "$(service_schema "$service")" || return 0
  done
  return 1
}
