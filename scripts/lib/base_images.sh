# Images under the names of deploy/Dockerfile and docker-compose.external.yml, where no registry can be reached: made
# of Debian packages, of the JDK and Maven of this machine, and of what Maven has fetched already. PostgreSQL is
# Debian's, whose initdb is not asked for what only newer ones know.

# make_base_images <folder>: those that are not here yet.
make_base_images() {
  local dir=$1 name
  mkdir -p "$dir"
  for name in $(base_image_names); do
    docker image inspect "$name" >/dev/null 2>&1 && continue
    if [ "${A2G_PULL:-yes}" = yes ] && bounded 120 docker pull -q "$name" >/dev/null 2>&1; then
      say "  $name pulled"
      continue
    fi
    [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null ||
      die "$name cannot be pulled, and making it needs root and debootstrap"
    docker image inspect a2g-debian >/dev/null 2>&1 || make_debian "$dir"
    case $name in
      maven:*) make_maven "$name" "$dir" ;;
      eclipse-temurin:*) make_java "$name" "$dir" ;;
      pgvector/*) make_postgres "$name" "$dir" ;;
      *) die "there is no recipe for the image $name" ;;
    esac
    say "  $name made"
  done
}

base_image_names() {
  {
    sed -n 's/^FROM \([^ ]*:[^ ]*\).*/\1/p' deploy/Dockerfile
    sed -n 's/^ *image: \(pgvector[^ ]*\)$/\1/p' docker-compose.external.yml
  } | sort -u
}

make_debian() {
  local root=$1/debian suite
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  [ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" >"$1/debian.log" 2>&1 ||
    die "debootstrap failed; log: $1/debian.log"
  [ ! -e /etc/apt/sources.list.d/debian.sources ] || cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/"
  rm -f "$root/etc/apt/sources.list"
  tar -C "$root" --exclude='./proc/*' --exclude='./sys/*' -c . | docker import - a2g-debian >/dev/null
}

# image_of <name> <folder>: builds what stands in that folder.
image_of() {
  docker build --network host -q -t "$1" "$2" >"$2.log" 2>&1 || die "$1 was not built; log: $2.log"
}

make_java() {
  local dir=$2/java
  mkdir -p "$dir" && cp -R "$JAVA_HOME" "$dir/jdk"
  cat >"$dir/Dockerfile" <<'FILE'
FROM a2g-debian
COPY jdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
FILE
  image_of "$1" "$dir"
}

make_maven() {
  local dir=$2/maven maven
  maven=$("$MVN" -v | sed -n 's/^Maven home: //p')
  mkdir -p "$dir/repository" && cp -RL "$maven" "$dir/maven" && cp -R "$JAVA_HOME" "$dir/jdk"
  cp -RL "${HOME:?}/.m2/repository/." "$dir/repository/"
  rm -rf "$dir/repository/io/a2g"
  cat >"$dir/Dockerfile" <<'FILE'
FROM a2g-debian
COPY jdk /opt/java/openjdk
COPY maven /usr/share/maven
COPY repository /root/.m2/repository
RUN ln -s /usr/share/maven/bin/mvn /usr/local/bin/mvn
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
FILE
  image_of "$1" "$dir"
}

# The settings, folders and first start of the images that it stands for, as far as the compose file uses them.
make_postgres() {
  local dir=$2/postgres
  mkdir -p "$dir" && cp scripts/install-pgvector.sh "$dir/"
  cat >"$dir/entrypoint" <<'FILE'
#!/bin/bash
set -e
bin=$(echo /usr/lib/postgresql/*/bin) data=/var/lib/postgresql/data
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
chown postgres:postgres /var/lib/postgresql
if [ ! -s $data/PG_VERSION ]; then
  printf '%s' "$POSTGRES_PASSWORD" >/tmp/password && chmod 644 /tmp/password
  # shellcheck disable=SC2001 # what only 17 and newer know
  as_postgres "$bin/initdb" -D $data -U "$POSTGRES_USER" --pwfile=/tmp/password \
    $(sed 's/ --\(locale-provider\|builtin-locale\)=[^ ]*//g' <<<"$POSTGRES_INITDB_ARGS")
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>$data/pg_hba.conf
  as_postgres "$bin/pg_ctl" -D $data -w -o "-c listen_addresses='' -k /tmp" start
  PGPASSWORD=$POSTGRES_PASSWORD as_postgres "$bin/createdb" -h /tmp -U "$POSTGRES_USER" "$POSTGRES_DB"
  as_postgres "$bin/pg_ctl" -D $data -m fast -w stop
fi
shift
exec setpriv --reuid postgres --regid postgres --clear-groups "$bin/postgres" -D $data -c listen_addresses='*' -k /tmp "$@"
FILE
  chmod +x "$dir/entrypoint"
  cat >"$dir/Dockerfile" <<'FILE'
FROM a2g-debian
COPY install-pgvector.sh /tmp/
RUN apt-get update -qq && /tmp/install-pgvector.sh --with-postgresql && rm -rf /var/lib/postgresql/*/main && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/ 2>/dev/null; true
COPY entrypoint /usr/local/bin/
ENTRYPOINT ["entrypoint"]
CMD ["postgres"]
STOPSIGNAL SIGINT
VOLUME /var/lib/postgresql
FILE
  image_of "$1" "$dir"
}
