// The local Clerk under judgement, and the official client pointed at it.
import { createClerkClient } from '@clerk/backend';

export const apiUrl = process.env.LOCAL_CLERK_URL;
if (!apiUrl) {
  throw new Error('Set LOCAL_CLERK_URL to the address of a running local Clerk.');
}

export const issuer = 'https://gatehouse-local-1.clerk.accounts.dev';
export const secretKey = 'sk_test_gatehouse_local';
export const publishableKey = 'pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA';
export const machineSecretKey = 'ak_gatehouse_local_aither';
export const receiverSecretKey = 'ak_gatehouse_local_hemera';
export const outsiderSecretKey = 'ak_gatehouse_local_developer';

export const ada = 'user_2LocalAdminAda0000000000001';
export const grace = 'user_2LocalMemberGrace0000000001';
export const lin = 'user_2LocalViewerLin000000000001';
export const aitherService = 'user_2LocalAitherService00000001';
export const operators = 'org_2LocalOperators000000000001';
export const krypton = 'org_2LocalKrypton00000000000001';
export const aither = 'mch_2LocalAither000000000000001';
export const hemera = 'mch_2LocalHemera000000000000001';

// A picture of one pixel.
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

export const client = (options = {}) =>
  createClerkClient({ apiUrl, secretKey, publishableKey, telemetry: { disabled: true }, ...options });

export const clerk = client();

// A new session of a user and a token of it.
export async function sessionToken(userId, { organizationId, template, seconds } = {}) {
  const session = await clerk.sessions.createSession({ userId, ...(organizationId && { activeOrganizationId: organizationId }) });
  const { jwt } = await clerk.sessions.getToken(session.id, template, seconds);
  return { session, jwt };
}

// An access token of an OAuth application, as an authorization in a browser would give it.
export async function accessToken(wanted) {
  const answer = await fetch(`${apiUrl}/_local/oauth_access_tokens`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wanted),
  });
  return (await answer.json()).access_token;
}

// The instance's public key as PEM, for verifying without a network.
export async function publicKeyPem() {
  const { createPublicKey } = await import('node:crypto');
  const { keys } = await (await fetch(`${apiUrl}/.well-known/jwks.json`)).json();
  return createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' });
}

export const bearer = (token) =>
  new Request('http://localhost:5410/api/service/courses', { headers: { Authorization: `Bearer ${token}` } });
