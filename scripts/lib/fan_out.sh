# The five services, one after the other: what was planned, what was done, and how to say it.
# STATES, BEFORE, AFTER, PENDING and TOOK have one entry for each service, in the order of A2G_SERVICES.

STATES=() BEFORE=() AFTER=() PENDING=() TOOK=()
PENDING_TOTAL=0

# json_value <name> <file>: of a document with one field on each line; nothing for null.
json_value() {
  sed -n "s/^ *\"$1\" : \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2" | head -n 1 | sed 's/^null$//'
}

# What each service would do. Nothing is applied when this fails for one of them.
plan_all() {
  local service i=0 code
  for service in $A2G_SERVICES; do
    STATES[i]='not started' BEFORE[i]='' AFTER[i]='' PENDING[i]='' TOOK[i]=''
    i=$((i + 1))
  done
  i=0
  for service in $A2G_SERVICES; do
    code=0
    run_tool "$service" current --json >"$WORK/current" || code=$?
    [ $code -ne 0 ] || plan_one "$service" || code=$?
    if [ $code -ne 0 ]; then
      STATES[i]='plan failed'
      complain "$service" "$WORK/current" "$WORK/plan"
      tell "plan of $service failed; nothing was applied anywhere"
      return $code
    fi
    BEFORE[i]=$(json_value version "$WORK/current") PENDING[i]=$(json_value pending "$WORK/current")
    PENDING_TOTAL=$((PENDING_TOTAL + ${PENDING[i]:-0}))
    [ "${PENDING[i]}" != 0 ] || STATES[i]='at head'
    i=$((i + 1))
  done
}

# The plan itself is for people; a held or broken schema fails here, before anything is applied.
plan_one() {
  : >"$WORK/plan"
  if [ "$JSON" = yes ]; then
    run_tool "$1" upgrade head --plan --json >"$WORK/plan"
  else
    run_tool "$1" upgrade head --plan
  fi
}

# With --json the tool's complaint is in its document; people see it on stderr.
complain() {
  local service=$1 line
  shift
  line=$(cat "$@" 2>/dev/null | sed -n 's/^ *"error" : "\(.*\)",\{0,1\}$/\1/p' | head -n 1)
  [ -z "$line" ] || printf '%s: %s: %s\n' "${0##*/}" "$service" "$line" >&2
}

apply_all() {
  local service i=-1 code began
  for service in $A2G_SERVICES; do
    i=$((i + 1)) code=0
    if [ "$RESUME" = yes ] && [ "${STATES[i]}" = 'at head' ]; then
      AFTER[i]=${BEFORE[i]}
      continue
    fi
    began=$(now_ms)
    tell "== $service"
    if [ "$JSON" = yes ]; then
      run_tool "$service" upgrade head --json >"$WORK/upgrade" || { code=$? && complain "$service" "$WORK/upgrade"; }
    else
      run_tool "$service" upgrade head || code=$?
    fi
    TOOK[i]=$(seconds_since "$began")
    AFTER[i]=${BEFORE[i]}
    if [ "${PENDING[i]}" != 0 ] && run_tool "$service" current --json >"$WORK/current" 2>/dev/null; then
      AFTER[i]=$(json_value version "$WORK/current")
    fi
    if [ $code -ne 0 ]; then
      STATES[i]=failed
      printf '%s: %s failed (exit code %s); correct it, then run the same command with --resume\n' "${0##*/}" "$service" $code >&2
      return $code
    fi
    STATES[i]="done"
  done
}

summary_table() {
  local service i=0
  say
  printf '%-16s %-14s %-16s %-16s %8s %12s\n' SERVICE STATE BEFORE AFTER PENDING SECONDS
  for service in $A2G_SERVICES; do
    printf '%-16s %-14s %-16s %-16s %8s %12s\n' "$service" "${STATES[i]}" "${BEFORE[i]:--}" "${AFTER[i]:--}" "${PENDING[i]:--}" "${TOOK[i]:--}"
    i=$((i + 1))
  done
}

summary_json() {
  local service i=0 comma=','
  printf '{\n  "ok" : %s,\n  "exit_code" : %s,\n  "services" : [\n' "$([ "$1" -eq 0 ] && echo true || echo false)" "$1"
  for service in $A2G_SERVICES; do
    [ $i -lt 4 ] || comma=''
    printf '    {"service" : "%s", "state" : "%s", "before" : %s, "after" : %s, "pending" : %s, "seconds" : %s}%s\n' "$service" \
      "${STATES[i]}" "$(json_text "${BEFORE[i]}")" "$(json_text "${AFTER[i]}")" "${PENDING[i]:-null}" "${TOOK[i]:-null}" "$comma"
    i=$((i + 1))
  done
  printf '  ]\n}\n'
}

json_text() {
  if [ -n "$1" ]; then printf '"%s"' "$1"; else printf null; fi
}
