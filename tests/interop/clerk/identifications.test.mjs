import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiUrl, clerk, lin, secretKey } from './local-clerk.mjs';

test('an e-mail address is created, verified by code, made primary and deleted', async () => {
  const created = await clerk.emailAddresses.createEmailAddress({ userId: lin, emailAddress: 'lin.second@example.com' });
  assert.equal(created.verification.status, 'unverified');
  const post = async (path, body) => (await fetch(`${apiUrl}/v1/email_addresses/${created.id}/${path}`, {
    method: 'POST', headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  })).json();
  const { id } = await post('prepare_verification', {});
  assert.equal((await post('attempt_verification', { verification_id: id, code: '424242' })).status, 'verified');

  assert.equal((await clerk.emailAddresses.updateEmailAddress(created.id, { primary: true })).verification.strategy, 'email_code');
  assert.equal((await clerk.users.getUser(lin)).primaryEmailAddress.emailAddress, 'lin.second@example.com');
  assert.equal((await clerk.emailAddresses.deleteEmailAddress(created.id)).deleted, true);
  await assert.rejects(clerk.emailAddresses.getEmailAddress(created.id), { status: 404 });
});

test('a phone number is created, made a second factor and deleted', async () => {
  const created = await clerk.phoneNumbers.createPhoneNumber({ userId: lin, phoneNumber: '+12015550144', verified: true });
  const updated = await clerk.phoneNumbers.updatePhoneNumber(created.id, { primary: true, reservedForSecondFactor: true });
  assert.deepEqual([updated.reservedForSecondFactor, updated.defaultSecondFactor], [true, true]);
  assert.equal((await clerk.phoneNumbers.getPhoneNumber(created.id)).phoneNumber, '+12015550144');
  assert.equal((await clerk.users.getUser(lin)).twoFactorEnabled, true);
  assert.equal((await clerk.phoneNumbers.deletePhoneNumber(created.id)).deleted, true);
});

test('the addresses of a user are replaced by one', async () => {
  const user = await clerk.users.createUser({ emailAddress: ['one@example.com', 'two@example.com'], phoneNumber: ['+12015550145'] });
  await clerk.users.replaceUserEmailAddress(user.id, { emailAddress: 'three@example.com' });
  await clerk.users.replaceUserPhoneNumber(user.id, { phoneNumber: '+12015550146' });
  const found = await clerk.users.getUser(user.id);
  assert.deepEqual(found.emailAddresses.map((email) => email.emailAddress), ['three@example.com']);
  assert.deepEqual(found.phoneNumbers.map((phone) => phone.phoneNumber), ['+12015550146']);
});

test('credentials are taken away', async () => {
  const user = await clerk.users.createUser({
    emailAddress: ['safe@example.com'], password: 'a long enough one', totpSecret: 'JBSWY3DPEHPK3PXP', backupCodes: ['code-one'],
  });
  assert.deepEqual([user.totpEnabled, user.backupCodeEnabled, user.passwordEnabled], [true, true, true]);
  assert.deepEqual(await clerk.users.verifyTOTP({ userId: user.id, code: 'code-one' }), { verified: true, code_type: 'backup_code' });
  await clerk.users.deleteUserBackupCodes(user.id);
  await clerk.users.deleteUserTOTP(user.id);
  await clerk.users.disableUserMFA(user.id);
  await clerk.users.setPasswordCompromised(user.id, { revokeAllSessions: true });
  await clerk.users.unsetPasswordCompromised(user.id);
  const bare = await clerk.users.removePassword(user.id, { signOutOfOtherSessions: true });
  assert.deepEqual([bare.totpEnabled, bare.backupCodeEnabled, bare.passwordEnabled], [false, false, false]);
});

test('tokens of other providers are told', async () => {
  const answer = await fetch(`${apiUrl}/_local/external_accounts`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: lin, provider: 'oauth_google', provider_user_id: 'g-1', token: 'ya29.lin', scopes: ['email'] }),
  });
  const account = await answer.json();
  const tokens = await clerk.users.getUserOauthAccessToken(lin, 'google');
  assert.deepEqual([tokens.totalCount, tokens.data[0].token, tokens.data[0].scopes], [1, 'ya29.lin', ['email']]);
  assert.equal((await clerk.users.getUserList({ provider: 'oauth_google', providerUserId: ['g-1'] })).data[0].id, lin);
  assert.equal((await clerk.users.deleteUserExternalAccount({ userId: lin, externalAccountId: account.id })).deleted, true);
});
