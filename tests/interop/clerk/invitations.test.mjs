import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clerk } from './local-clerk.mjs';

test('invitations are created, listed and revoked', async () => {
  const invitation = await clerk.invitations.createInvitation({ emailAddress: 'new@example.com', publicMetadata: { role: 'user' }, expiresInDays: 3 });
  assert.deepEqual([invitation.status, invitation.publicMetadata], ['pending', { role: 'user' }]);
  const bulk = await clerk.invitations.createInvitationBulk([{ emailAddress: 'a@example.com' }, { emailAddress: 'b@example.com' }]);
  assert.equal(bulk.length, 2);
  assert.equal((await clerk.invitations.getInvitationList({ status: 'pending', query: 'new@' })).totalCount, 1);
  assert.equal((await clerk.invitations.getInvitationList({ orderBy: '+email_address' })).data[0].emailAddress, 'a@example.com');
  assert.equal((await clerk.invitations.revokeInvitation(invitation.id)).revoked, true);
  assert.equal((await clerk.invitations.getInvitationList()).totalCount, 2);
});

test('a second invitation of an address is refused, unless that is ignored', async () => {
  await assert.rejects(
    clerk.invitations.createInvitation({ emailAddress: 'a@example.com' }),
    (error) => error.status === 400 && error.errors[0].code === 'duplicate_record');
  await clerk.invitations.createInvitation({ emailAddress: 'a@example.com', ignoreExisting: true });
});
