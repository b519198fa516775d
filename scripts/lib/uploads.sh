# Uploads in backups. Which files belong to a backup says its own dump of chat, so that each row of it has its file and
# nothing else is copied. Needs common.

# list_uploads <dump of chat>: of each upload its SHA-256 and its place in the folder, as sha256sum reads them.
list_uploads() {
  local program
  program=$(newest_pg_restore) || die 'pg_restore is not here; install the client of PostgreSQL, or set PG_BIN to its folder'
  "$program" --data-only --schema=chat --table=file_uploads --file=- "$1" | awk -F '\t' '
    /^COPY / {
      sub(/^[^(]*[(]/, "")
      sub(/[)].*/, "")
      count = split($0, names, ", ")
      for (i = 1; i <= count; i++) column[names[i]] = i
      rows = 1
      next
    }
    $0 == "\\." { rows = 0 }
    rows {
      sha256 = $column["sha256"]
      sub(/^[^x]*x/, "", sha256)
      key = $column["storage_key"]
      print sha256 "  " substr(key, 1, 2) "/" substr(key, 3, 2) "/" key
    }'
}

newest_pg_restore() {
  local program
  for program in ${PG_BIN:+"$PG_BIN/pg_restore"} $(ls -d /usr/lib/postgresql/*/bin/pg_restore 2>/dev/null | sort -t/ -k5 -rn); do
    [ ! -x "$program" ] || { echo "$program" && return; }
  done
  command -v pg_restore
}

# copy_uploads <dump of chat> <from> <to>: the files of its rows, and proves each by its SHA-256. The new folder has no
# storage-id: it belongs to no database yet.
copy_uploads() {
  local list
  list=$(list_uploads "$1") || return
  (umask 077 && mkdir -p "$3") || return
  [ -n "$list" ] || return 0
  [ -d "$2" ] || { say "$2 is not a folder" >&2 && return 1; }
  printf '%s\n' "$list" | sed 's/^[0-9a-f]*  //' | tar -C "$2" -cf - -T - | tar -C "$3" -xf - || return
  (cd "$3" && printf '%s\n' "$list" | $SHA256 -c --quiet -) >&2
}
