// The peer of read-by-key.sh: the same reads by Fastify and pg, one process. It looks the API key up with
// the same database function, remembers the caller for the same ten seconds, runs the same query and
// answers the same fields; it has nothing else that the services have.
import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const { PEER_PORT, PEER_DATABASE_URL, PEER_RESOURCE } = process.env
const CALLER_TTL = 10_000 // ms, as platform.security.caller-cache-time
const pool = new pg.Pool({ connectionString: PEER_DATABASE_URL, max: 8 }) // as DB_POOL_SIZE
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

// What agent-service and admin-service run for these reads, word for word but for the parameters.
const RESOURCES = {
  agents: {
    text: `SELECT a.id, a.owner_id, a.owner_dept_code, a.name, a.description, a.framework, a.endpoint_url,
        a.status, a.visibility, a.version, a.created_at, a.updated_at, a.deleted_at,
        o.username, o.username_kr, o.username_en, c.capabilities
      FROM agents.agents a LEFT JOIN LATERAL users.user_names(ARRAY[a.owner_id]) o ON true
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('name', k.name, 'description', k.description,
                                          'tags', k.tags) ORDER BY k.position) AS capabilities
        FROM agents.agent_capabilities k WHERE k.agent_id = a.id) c ON true
      WHERE a.id = $1 AND ($2 OR a.owner_id = $3 OR (a.deleted_at IS NULL AND a.status = 'DEPLOYED'
        AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = $4))))`,
    values: (id, caller) => [id, caller.admin, caller.id, caller.deptCode],
    answer: ({ username, username_kr, username_en, ...agent }) => ({
      ...agent,
      owner: { id: agent.owner_id, username, username_kr, username_en },
    }),
  },
  'llm-models': {
    text: `SELECT id, name, provider, endpoint_url, input_price_per_million_tokens,
        output_price_per_million_tokens, context_window, enabled, version, created_at, updated_at, deleted_at
      FROM admin.llm_models
      WHERE id = $1 AND ($2 OR (enabled AND deleted_at IS NULL))`,
    values: (id, caller) => [id, caller.admin],
    answer: (model) => model,
  },
}

const callers = new Map()

async function callerOf(authorization) {
  if (!authorization?.startsWith('Bearer ')) return undefined
  const digest = createHash('sha256').update(authorization.slice(7)).digest()
  const known = callers.get(digest.toString('latin1'))
  if (known && known.until > Date.now()) return known
  const { rows } = await pool.query({
    name: 'caller_of_key',
    text: 'SELECT user_id, role, dept_code FROM users.caller_of_key($1)',
    values: [digest],
  })
  if (rows.length === 0) return undefined
  const caller = {
    id: rows[0].user_id,
    admin: rows[0].role === 'ADMIN',
    deptCode: rows[0].dept_code,
    until: Date.now() + CALLER_TTL,
  }
  callers.set(digest.toString('latin1'), caller)
  return caller
}

const resource = RESOURCES[PEER_RESOURCE]
const app = Fastify()
app.decorateRequest('caller', null)
app.addHook('onRequest', async (request, reply) => {
  request.caller = await callerOf(request.headers.authorization)
  if (!request.caller) return reply.code(401).send({ code: 'unauthenticated' })
})
app.get(`/api/v1/${PEER_RESOURCE}/:id`, async (request, reply) => {
  const { rows } = await pool.query({
    name: 'read',
    text: resource.text,
    values: resource.values(request.params.id, request.caller),
  })
  if (rows.length === 0) return reply.code(404).send({ code: 'not_found' })
  return reply.header('ETag', `"${rows[0].version}"`).send(resource.answer(rows[0]))
})
await app.listen({ host: '127.0.0.1', port: Number(PEER_PORT) })
process.on('SIGTERM', () => process.exit(0))
