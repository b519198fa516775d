// Measures one row read by key: pgbench as the floor, our service, the peer, and our server and driver with
// nothing around them, in turns.
// Started by read-by-key.sh, which has the platform running and says where.
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = import.meta.dirname
const env = process.env
const local = env.A2G_LOCAL_DIR
const pairs = Number(env.BENCH_PAIRS ?? 4)
const seconds = Number(env.BENCH_SECONDS ?? 8)
const connections = 16
const TICK_US = 10_000 // a tick of /proc/<pid>/stat: USER_HZ is 100 on every Linux

const RESOURCES = [
  { name: 'agents', service: 'agent-service', port: env.AGENT_SERVICE_PORT, schema: 'agents', table: 'agents.agents' },
  { name: 'llm-models', service: 'admin-service', port: env.ADMIN_SERVICE_PORT, schema: 'admin', table: 'admin.llm_models' },
]

// Only the last words: what was done before is not worth undoing in a database of the benchmark's own.
function fail(message) {
  console.error(`read-by-key.sh: ${message}`)
  process.exit(1)
}

async function api(method, port, url, key, body) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${url}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) fail(`${method} ${url} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

// A user with a key, an agent of that user and a model: the rows that are read.
async function makeRows() {
  const adminKey = (await readFile(path.join(local, 'admin-api-key'), 'utf8')).trim()
  const suffix = Date.now().toString(36)
  const user = await api('POST', env.USER_SERVICE_PORT, '/users', adminKey, {
    username: `bench-${suffix}`, role: 'USER', username_kr: '벤치', username_en: 'Bench', dept_code: 'BENCH',
  })
  const key = await api('POST', env.USER_SERVICE_PORT, '/api-keys', adminKey, { name: 'bench', user_id: user.id })
  const agent = await api('POST', env.AGENT_SERVICE_PORT, '/agents', key.key, {
    name: 'Bench agent', description: 'Read again and again.', framework: 'CUSTOM',
    endpoint_url: 'http://127.0.0.1:9000/answer',
    capabilities: [{ name: 'answer', description: 'Answers questions.', tags: ['bench'] }],
  })
  const model = await api('POST', env.ADMIN_SERVICE_PORT, '/llm-models', adminKey, {
    name: `bench-${suffix}`, provider: 'OPENAI_COMPATIBLE', endpoint_url: 'http://127.0.0.1:9000/v1',
    input_price_per_million_tokens: 0.25, output_price_per_million_tokens: 1.25, context_window: 8192,
  })
  return { key: key.key, ids: { agents: agent.id, 'llm-models': model.id } }
}

// BENCH_DATABASE_URL: for a platform that was not started by up.sh and has one user for all.
async function databaseUrl(role) {
  if (env.BENCH_DATABASE_URL) return env.BENCH_DATABASE_URL
  const roles = await readFile(path.join(local, 'roles'), 'utf8')
  const password = roles.match(new RegExp(`^${role.toUpperCase()}_PASSWORD=(.+)$`, 'm'))?.[1]
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${env.A2G_DB_PORT}/a2g`
}

// Starts a server and waits until it answers anything at all.
async function start(name, command, args, port, settings) {
  const server = spawn(command, args, { env: { ...env, ...settings }, stdio: ['ignore', 'ignore', 'inherit'] })
  process.on('exit', () => server.kill())
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) fail(`${name} ended`)
    const up = await fetch(`http://127.0.0.1:${port}/0`).then(() => true, () => false)
    if (up) return server
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  fail(`${name} does not answer`)
}

function startPeer(resource, url) {
  return start('the peer', process.execPath, [path.join(here, 'peer.mjs')], env.BENCH_PEER_PORT,
    { PEER_PORT: env.BENCH_PEER_PORT, PEER_DATABASE_URL: url, PEER_RESOURCE: resource.name, NODE_ENV: 'production' })
}

// With the JVM, the libraries and the flags of the service that it is compared with.
async function startBare(resource, url, pid) {
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
  const libraries = path.join(path.dirname(command[command.indexOf('-jar') + 1]), 'lib', '*')
  const { username, password, host, pathname } = new URL(url)
  const flags = ['-XX:+UseSerialGC', '-Xmx192m', '-XX:+UseCompactObjectHeaders', '-Dslf4j.internal.verbosity=ERROR']
  const classes = path.join(here, '..', 'system-test', 'target', 'classes')
  const program = ['-cp', `${classes}:${libraries}`, 'io.a2g.systemtest.bench.BareRead']
  return start('the bare server', await readlink(`/proc/${pid}/exe`), [...flags, ...program], env.BENCH_BARE_PORT, {
    BARE_PORT: env.BENCH_BARE_PORT, BARE_JDBC_URL: `jdbc:postgresql://${host}${pathname}`,
    BARE_USER: username, BARE_PASSWORD: decodeURIComponent(password), BARE_SQL: `SELECT * FROM ${resource.table} WHERE id = ?`,
  })
}

async function end(server) {
  server.kill()
  await new Promise((resolve) => server.once('exit', resolve))
}

// The same row must come from both, or the comparison is of different things.
async function requireSameAnswer(resource, id, key) {
  const ours = await api('GET', resource.port, `/${resource.name}/${id}`, key)
  const peers = await api('GET', env.BENCH_PEER_PORT, `/${resource.name}/${id}`, key)
  const difference = Object.keys(ours).filter((field) => !(field in peers))
  if (difference.length > 0 || ours.id !== peers.id) fail(`the peer's ${resource.name} lack ${difference}`)
}

// User and system time of a process since it began, in µs.
async function cpuTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_US
}

async function http(port, target, key, pid, duration) {
  const before = await cpuTime(pid)
  const { stdout } = await run(
    'wrk',
    ['-t2', '--timeout', '10s', `-c${connections}`, `-d${duration}s`, '-s', path.join(here, 'load.lua'), `http://127.0.0.1:${port}/api/v1${target}`],
    { env: { ...env, BENCH_API_KEY: key } },
  )
  const result = JSON.parse(stdout.trim().split('\n').at(-1))
  const { refused, broken, late } = result
  if (refused + broken + late > 0) fail(`port ${port}: of ${result.requests} requests ${refused} were refused, ${broken} broke, ${late} took over 10 s`)
  return {
    rate: result.requests / result.seconds,
    cpu: ((await cpuTime(pid)) - before) / result.requests,
    p50: result.p50_us / 1000,
    p99: result.p99_us / 1000,
  }
}

async function pgbench(url, script, duration) {
  const { stdout } = await run('pgbench', [
    '-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(duration), '-f', script, url,
  ])
  return { rate: Number(stdout.match(/tps = ([0-9.]+)/)[1]) }
}

// Until it gets no faster, so that the compilers have finished; on a busy machine they need long.
async function warmUp(arm, longest) {
  const window = 5
  let best = 0
  for (let spent = 0, still = 0; spent < longest && still < 2; spent += window) {
    const { rate } = await arm(window)
    still = rate < best * 1.05 ? still + 1 : 0
    best = Math.max(best, rate)
  }
}

async function measure(resource, rows, work) {
  const id = rows.ids[resource.name]
  const url = await databaseUrl(`${resource.schema}_app`)
  const script = path.join(work, `${resource.name}.sql`)
  await writeFile(script, `SELECT * FROM ${resource.table} WHERE id = ${id};\n`)
  const peer = await startPeer(resource, url)
  await requireSameAnswer(resource, id, rows.key)
  const pid = Number(await readFile(path.join(local, 'run', resource.service, 'pid'), 'utf8'))
  const bare = await startBare(resource, url, pid)
  const target = `/${resource.name}/${id}`
  const arms = {
    floor: (duration) => pgbench(url, script, duration),
    ours: (duration) => http(resource.port, target, rows.key, pid, duration),
    peer: (duration) => http(env.BENCH_PEER_PORT, target, rows.key, peer.pid, duration),
    bare: (duration) => http(env.BENCH_BARE_PORT, target, rows.key, bare.pid, duration),
  }
  console.error(`${resource.name}: warming up`)
  await warmUp(arms.peer, 15)
  await warmUp(arms.bare, 45)
  await warmUp(arms.ours, 90)
  const rounds = []
  for (let pair = 1; pair <= pairs; pair++) {
    const round = {}
    for (const arm of Object.keys(arms)) round[arm] = await arms[arm](seconds)
    rounds.push(round)
    console.error(`${resource.name}: ${pair} of ${pairs}: ours ${(round.ours.rate / round.floor.rate).toFixed(2)} of pgbench`)
  }
  await Promise.all([end(peer), end(bare)])
  return { resource: resource.name, rounds, summary: summarise(rounds) }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function summarise(rounds) {
  const column = (arm, field) => rounds.map((round) => round[arm][field])
  const ratio = (arm) => {
    const ratios = rounds.map((round) => round[arm].rate / round.floor.rate)
    return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) }
  }
  const arm = (name) => ({
    rate: median(column(name, 'rate')), ratio: ratio(name), cpu_us: median(column(name, 'cpu')),
    p50_ms: median(column(name, 'p50')), p99_ms: median(column(name, 'p99')),
  })
  return { floor: { rate: median(column('floor', 'rate')) }, ours: arm('ours'), peer: arm('peer'), bare: arm('bare') }
}

function print(results) {
  const row = (...cells) => console.log(cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](i === 0 ? 30 : 13)).join(''))
  row('read one row by key', 'per second', 'of pgbench', 'range', 'CPU µs/req', 'p99 ms')
  for (const { resource, summary } of results) {
    row(`${resource}: pgbench`, Math.round(summary.floor.rate), '1.00', '', '', '')
    for (const [label, name] of [['our service', 'ours'], ['Fastify + pg', 'peer'], ['bare Jetty + JDBC', 'bare']]) {
      const { rate, ratio, cpu_us: cpu, p99_ms: p99 } = summary[name]
      row(`${resource}: ${label}`, Math.round(rate), ratio.median.toFixed(2), `${ratio.lowest.toFixed(2)}–${ratio.highest.toFixed(2)}`, Math.round(cpu), p99.toFixed(1))
    }
  }
  for (const { resource, summary } of results) {
    const reached = summary.ours.ratio.median >= 0.3 ? 'reached' : 'MISSED'
    console.log(`${resource}: wanted at least 0.30 of pgbench: ${reached} (${summary.ours.ratio.median.toFixed(2)}); ` +
      `${(summary.ours.rate / summary.peer.rate).toFixed(2)} of the peer's rate, ` +
      `${(summary.ours.rate / summary.bare.rate).toFixed(2)} of bare Jetty + JDBC`)
  }
}

const work = await mkdtemp(path.join(tmpdir(), 'a2g-bench-'))
try {
  const rows = await makeRows()
  const results = []
  for (const resource of RESOURCES) results.push(await measure(resource, rows, work))
  print(results)
  const file = path.join(env.BENCH_RESULTS, 'read-by-key.json')
  await mkdir(env.BENCH_RESULTS, { recursive: true })
  const about = { measured_at: new Date().toISOString(), processors: cpus().length, connections, pairs, seconds }
  await writeFile(file, JSON.stringify({ ...about, results }, null, 2) + '\n')
  console.log(`${connections} connections, ${pairs} rounds of ${seconds} s in turns; all figures in ${file}`)
} finally {
  await rm(work, { recursive: true })
}
