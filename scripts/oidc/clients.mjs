// Plays clients of a running platform with two independent libraries: code and PKCE, maxAge, refresh, userinfo, client
// credentials, introspection, revocation, sign-out, and what is refused.
// Usage: node clients.mjs <platform> <file with an administrator's API key>
//   platform   URL of user-service, which is its issuer: http://127.0.0.1:8001
// The administrator signs in by the key, so A2G_SIGN_IN_LOCAL must be on, which it is when not set.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { afterSignOut, api, Browser, redirectUri } from './browser.mjs';

const [platform, keyFile] = process.argv.slice(2);
if (!keyFile) {
  console.error('usage: node clients.mjs <platform> <file with an administrator’s API key>');
  process.exit(64);
}
const key = readFileSync(keyFile, 'utf8').trim();
const call = api(platform, key);
const http = { [oauth.allowInsecureRequests]: true };
const scope = 'openid profile users:read';

let step = 'begin';
const says = (text) => { step = text; console.log(`  ${text}`); };

const register = (client_id, more) => call('POST', '/api/v1/oauth-clients', {
  client_id: `${client_id}-${Date.now()}`, name: client_id, redirect_uris: [redirectUri],
  post_logout_redirect_uris: [afterSignOut], scopes: scope.split(' '), ...more,
});

// Follows an authorization request to the client's address, by the key where the page asks for one.
async function answered(browser, url) {
  const page = await browser.follow(url);
  if (page.location) return new URL(page.location);
  const form = Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
      .map(([, name, value]) => [name, value.replaceAll('&amp;', '&')]));
  assert.ok(form.continue, `no sign-in page at ${page.url}: ${page.status} ${page.text}`);
  const back = await browser.follow(`${platform}/sign-in`, { ...form, api_key: key });
  assert.ok(back.location, `no way back to the client: ${back.status} ${back.text}`);
  return new URL(back.location);
}

async function playOauth4webapi() {
  const issuer = new URL(platform);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
  const registered = await register('oauth4webapi', {
    confidential: true, grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  });
  const client = { client_id: registered.client_id };
  const browser = new Browser();

  async function authorize(more) {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: client.client_id, redirect_uri: redirectUri, response_type: 'code', scope, state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
    });
    const parameters = oauth.validateAuthResponse(as, client, await answered(browser, url.href), state);
    return { parameters, verifier, nonce };
  }

  for (const [name, authenticate] of [
    ['client_secret_basic', oauth.ClientSecretBasic], ['client_secret_post', oauth.ClientSecretPost]]) {
    const secret = authenticate(registered.client_secret);
    says(`oauth4webapi, ${name}: code and PKCE, maxAge`);
    const { parameters, verifier, nonce } = await authorize({ max_age: '3600' });
    const response = await oauth.authorizationCodeGrantRequest(
      as, client, secret, parameters, redirectUri, verifier, http);
    const tokens = await oauth.processAuthorizationCodeResponse(
      as, client, response, { expectedNonce: nonce, maxAge: 3600, requireIdToken: true });
    await oauth.validateApplicationLevelSignature(as, response, http);
    const { sub } = oauth.getValidatedIdTokenClaims(tokens);
    says(`oauth4webapi, ${name}: refresh, userinfo, introspection, revocation`);
    const next = await oauth.processRefreshTokenResponse(as, client,
      await oauth.refreshTokenGrantRequest(as, client, secret, tokens.refresh_token, http));
    await oauth.processUserInfoResponse(as, client, sub,
      await oauth.userInfoRequest(as, client, next.access_token, http));
    const about = async () => oauth.processIntrospectionResponse(as, client,
      await oauth.introspectionRequest(as, client, secret, next.access_token, http));
    assert.equal((await about()).active, true);
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, secret, next.refresh_token, http));
    assert.equal((await about()).active, false);
    says(`oauth4webapi, ${name}: client credentials`);
    await oauth.processClientCredentialsResponse(as, client,
      await oauth.clientCredentialsGrantRequest(as, client, secret, { scope: 'users:read' }, http));
  }

  says('oauth4webapi: what is refused is an error that the library understands');
  await assert.rejects(authorize({ prompt: 'none', max_age: '0' }), { error: 'login_required' });
  await assert.rejects(async () => oauth.processClientCredentialsResponse(as, client,
    await oauth.clientCredentialsGrantRequest(as, client, oauth.ClientSecretBasic('wrong'), {}, http)),
  (error) => error instanceof oauth.WWWAuthenticateChallengeError && error.status === 401);
  await call('DELETE', `/api/v1/oauth-clients/${registered.id}`);
}

async function playOpenidClient() {
  says('openid-client: client credentials');
  const service = await register('openid-client', {
    confidential: true, grant_types: ['client_credentials'], redirect_uris: [], scopes: ['users:read'],
  });
  const insecure = { execute: [oidc.allowInsecureRequests] };
  const itself = await oidc.discovery(new URL(platform), service.client_id, service.client_secret, undefined, insecure);
  const own = await oidc.clientCredentialsGrant(itself, { scope: 'users:read' });
  assert.equal((await oidc.tokenIntrospection(itself, own.access_token)).active, true);
  await call('DELETE', `/api/v1/oauth-clients/${service.id}`);

  says('openid-client: a public client wants the user to sign in again, then out');
  const app = await register('openid-client-app', {
    confidential: false, grant_types: ['authorization_code', 'refresh_token'],
  });
  const config = await oidc.discovery(new URL(platform), app.client_id, undefined, oidc.None(), insecure);
  const browser = new Browser();
  let tokens;
  for (const more of [{}, { prompt: 'login' }, { max_age: '0' }]) {
    const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri, scope, state, code_challenge_method: 'S256',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), ...more,
    });
    tokens = await oidc.authorizationCodeGrant(config, await answered(browser, url.href), {
      pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true,
      maxAge: more.max_age === undefined ? undefined : Number(more.max_age),
    });
  }
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  const out = oidc.buildEndSessionUrl(config, {
    id_token_hint: next.id_token, post_logout_redirect_uri: afterSignOut, state: 'bye',
  });
  assert.equal((await browser.follow(out.href)).location, `${afterSignOut}?state=bye`);
  await assert.rejects(oidc.refreshTokenGrant(config, next.refresh_token), { error: 'invalid_grant' });
  await call('DELETE', `/api/v1/oauth-clients/${app.id}`);
}

try {
  await playOauth4webapi();
  await playOpenidClient();
  console.log('two independent client libraries work with the platform');
} catch (error) {
  console.error(`a client failed at «${step}»: ${error.message}`);
  if (error.cause) console.error(error.cause);
  process.exitCode = 1;
}
