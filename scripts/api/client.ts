// A client whose types are generated from docs/api: that it compiles says that the documents can be used, that it runs
// says that they are true. It makes something of each kind that has a PATCH and changes one field of it.
// Usage: node target/client.js <url of each service: user agent chat tracing admin>; the administrator's key in A2G_ADMIN_API_KEY
import createClient from 'openapi-fetch';
import type { paths as AdminPaths } from './target/admin-service.js';
import type { paths as AgentPaths } from './target/agent-service.js';
import type { paths as ChatPaths } from './target/chat-service.js';
import type { paths as TracingPaths } from './target/tracing-service.js';
import type { paths as UserPaths } from './target/user-service.js';

declare const process: { argv: string[]; env: Record<string, string | undefined> };

const [user = '', agent = '', chat = '', tracing = '', admin = ''] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${process.env['A2G_ADMIN_API_KEY']}` };
const users = createClient<UserPaths>({ baseUrl: user, headers });
const agents = createClient<AgentPaths>({ baseUrl: agent, headers });
const chats = createClient<ChatPaths>({ baseUrl: chat, headers });
const traces = createClient<TracingPaths>({ baseUrl: tracing, headers });
const models = createClient<AdminPaths>({ baseUrl: admin, headers });

// The document's own type of the answer; a refusal ends the run with what the service said.
function data<T>(what: string, answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${what}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

// Nothing but the changed field, the version and the time of the change is another one.
function onlyChanged<T extends object>(what: string, before: T, after: T, field: keyof T, value: unknown): void {
  const others = new Set<PropertyKey>([field, 'version', 'updated_at', 'owner', 'key']);
  for (const name of Object.keys(before) as (keyof T)[]) {
    if (!others.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      throw new Error(`${what}: ${String(name)} changed too`);
    }
  }
  if (after[field] !== value) {
    throw new Error(`${what}: ${String(field)} is ${String(after[field])}`);
  }
  console.log(`  ${what}: ${String(field)} = ${String(value)}`);
}

const mark = `client-${Date.now().toString(36)}`;

const person = data('user', await users.POST('/api/v1/users', {
  body: { username: mark, role: 'USER', dept_code: 'RND', language_preference: 'en' },
}));
onlyChanged('user', person, data('user', await users.PATCH('/api/v1/users/{id}', {
  params: { path: { id: person.id } }, body: { dept_code: null },
})), 'dept_code', null);

const key = data('key', await users.POST('/api/v1/api-keys', { body: { name: mark, user_id: person.id } }));
onlyChanged('key', key, data('key', await users.PATCH('/api/v1/api-keys/{id}', {
  params: { path: { id: key.id } }, body: { description: 'for the client' },
})), 'description', 'for the client');

const own = createClient<UserPaths>({ baseUrl: user, headers: { Authorization: `Bearer ${key.key}` } });
const me = data('profile', await own.GET('/api/v1/users/me'));
onlyChanged('profile', me, data('profile', await own.PATCH('/api/v1/users/me', { body: { theme_preference: 'dark' } })),
  'theme_preference', 'dark');

const bot = data('agent', await agents.POST('/api/v1/agents', { body: { name: mark, framework: 'CUSTOM', description: 'a bot' } }));
onlyChanged('agent', bot, data('agent', await agents.PATCH('/api/v1/agents/{id}', {
  params: { path: { id: bot.id } }, body: { description: null },
})), 'description', null);

const talk = data('session', await chats.POST('/api/v1/chat-sessions', { body: { agent_id: bot.id } }));
onlyChanged('session', talk, data('session', await chats.PATCH('/api/v1/chat-sessions/{id}', {
  params: { path: { id: talk.id } }, body: { title: mark },
})), 'title', mark);

const trace = data('trace', await traces.POST('/api/v1/traces', {
  body: { trace_id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('') },
}));
onlyChanged('trace', trace, data('trace', await traces.PATCH('/api/v1/traces/{trace_id}', {
  params: { path: { trace_id: trace.trace_id } }, body: { name: mark },
})), 'name', mark);

const model = data('model', await models.POST('/api/v1/llm-models', { body: { name: mark, provider: 'OPENAI', context_window: 8000 } }));
onlyChanged('model', model, data('model', await models.PATCH('/api/v1/llm-models/{id}', {
  params: { path: { id: model.id } }, body: { context_window: null },
  headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': `"${model.version}"` },
})), 'context_window', null);
