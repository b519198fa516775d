// Plays a whole federated sign-in against a running platform, with a certified provider and a certified client
// that share no code with it: provider → user-service → client gets tokens → refresh → userinfo → sign-out.
// Usage: node sign-in.mjs <platform> <provider> <file with an administrator's API key>
//   platform   URL of user-service, which is its issuer: http://127.0.0.1:8001
//   provider   URL to run the provider on; the platform's A2G_IDP_ISSUER
// The platform must know the provider by A2G_IDP_CLIENT_ID=a2g and A2G_IDP_CLIENT_SECRET (same variable here).
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';
import * as oidc from 'openid-client';
import { afterSignOut, api, Browser, redirectUri } from './browser.mjs';

const [platform, provider, keyFile] = process.argv.slice(2);
if (!keyFile) {
  console.error('usage: node sign-in.mjs <platform> <provider> <file with an administrator’s API key>');
  process.exit(64);
}
const secret = process.env.A2G_IDP_CLIENT_SECRET;
assert.ok(secret, 'A2G_IDP_CLIENT_SECRET is not set; give the one the platform was started with');
const call = api(platform, readFileSync(keyFile, 'utf8').trim());
const login = `Fed.User+${Date.now()}`;

let step = 'begin';
const says = (text) => { step = text; console.log(`  ${text}`); };

function startProvider() {
  const server = new Provider(provider, {
    clients: [{
      client_id: process.env.A2G_IDP_CLIENT_ID ?? 'a2g', client_secret: secret,
      redirect_uris: [`${platform}/sign-in/idp/callback`],
      grant_types: ['authorization_code'], response_types: ['code'],
    }],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'], email: ['email'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, name: 'Federated User', email: `${Date.now()}@provider.example` }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ['only-for-this-run'] },
  });
  const { hostname, port } = new URL(provider);
  return new Promise((resolve, reject) => {
    const listening = server.listen(Number(port), hostname, () => resolve(listening));
    listening.on('error', reject);
  });
}

// maxAge: seconds, how long ago the user may have signed in
async function signIn(config, browser, maxAge) {
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri, scope: 'openid profile email users:read', state, nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
  });
  let page = await browser.follow(url.href);
  if (!page.location) {
    const button = /href="(\/sign-in\/idp[^"]*)"/.exec(page.text)?.[1];
    assert.ok(button, `the sign-in page shows no provider: ${page.status} ${page.text}`);
    page = await browser.follow(new URL(button.replaceAll('&amp;', '&'), platform).href);
    for (let forms = 0; !page.location && forms < 3; forms++) {
      const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
      assert.ok(action && page.url.startsWith(provider), `no form of the provider at ${page.url}: ${page.text}`);
      const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
      page = await browser.follow(new URL(action, page.url).href, { prompt, login, password: 'x' });
    }
  }
  assert.ok(page.location, `no way back to the client from ${page.url}: ${page.status} ${page.text}`);
  return oidc.authorizationCodeGrant(config, new URL(page.location), {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true, maxAge,
  });
}

async function refused(promise, what) {
  await assert.rejects(promise, (error) => error.status === 400 || error.status === 401, what);
}

async function play() {
  says('an administrator registers a client');
  const client = await call('POST', '/api/v1/oauth-clients', {
    client_id: `federated-${Date.now()}`, name: 'Federated sign-in', confidential: false,
    grant_types: ['authorization_code', 'refresh_token'], redirect_uris: [redirectUri],
    post_logout_redirect_uris: [afterSignOut], scopes: ['openid', 'profile', 'email', 'users:read'],
  });
  says('the client discovers the platform');
  const config = await oidc.discovery(new URL(platform), client.client_id, undefined, oidc.None(),
    { execute: [oidc.allowInsecureRequests] });
  says('a user signs in through the provider and comes back with tokens');
  const browser = new Browser();
  const tokens = await signIn(config, browser);
  const claims = tokens.claims();
  assert.match(claims.preferred_username, /^fed\.user/);
  const user = await call('GET', `/api/v1/users/${claims.sub}`);
  assert.equal(user.role, 'PENDING', 'the first sign-in makes a pending user');
  assert.equal(user.username_en, 'Federated User');
  says('the client refreshes and reads userinfo');
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  const info = await oidc.fetchUserInfo(config, next.access_token, claims.sub);
  assert.equal(info.name, 'Federated User');
  says('an access token opens the own profile and nothing else');
  const own = (path) => fetch(platform + path, { headers: { authorization: `Bearer ${next.access_token}` } });
  assert.equal((await own('/api/v1/users/me')).status, 200);
  assert.equal((await own('/api/v1/api-keys')).status, 403, 'a pending user reads no keys');
  says('the user signs out');
  const out = oidc.buildEndSessionUrl(config, { id_token_hint: next.id_token, post_logout_redirect_uri: afterSignOut });
  const bye = await browser.follow(out.href);
  assert.ok(bye.location?.startsWith(afterSignOut), `signing out answers ${bye.status} ${bye.text}`);
  await refused(oidc.refreshTokenGrant(config, next.refresh_token), 'a refresh token after signing out');
  says('signing in again gives the same user');
  const again = await signIn(config, browser);
  assert.equal(again.claims().sub, claims.sub);
  says('the client wants the user to sign in for it, and the provider is asked again');
  const fresh = await signIn(config, browser, 0);
  assert.ok(fresh.claims().auth_time >= again.claims().auth_time);
  says('the answer to a refresh is lost, and a copy gives itself away');
  const lost = await oidc.refreshTokenGrant(config, fresh.refresh_token);
  const retried = await oidc.refreshTokenGrant(config, fresh.refresh_token);
  await refused(oidc.refreshTokenGrant(config, lost.refresh_token), 'a token from before the retry');
  await refused(oidc.refreshTokenGrant(config, retried.refresh_token), 'its successor');
  await call('DELETE', `/api/v1/oauth-clients/${client.id}`);
}

const server = await startProvider();
const began = Date.now();
try {
  await play();
  console.log(`signed in through an identity provider in ${((Date.now() - began) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(`signing in through an identity provider failed at «${step}»: ${error.message}`);
  if (error.cause) console.error(error.cause);
  process.exitCode = 1;
} finally {
  server.close();
  server.closeAllConnections();
}
