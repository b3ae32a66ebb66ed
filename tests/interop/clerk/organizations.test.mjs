import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, clerk, grace, krypton, operators } from './local-clerk.mjs';

test('an organization is read by id and by slug, and listed', async () => {
  const organization = await clerk.organizations.getOrganization({ slug: 'krypton', includeMembersCount: true });
  assert.deepEqual([organization.id, organization.membersCount], [krypton, 2]);
  const list = await clerk.organizations.getOrganizationList({ orderBy: 'name' });
  assert.deepEqual(list.data.map((found) => found.slug), ['krypton', 'operators']);
});

test('memberships are listed of an organization and of a user', async () => {
  const members = await clerk.organizations.getOrganizationMembershipList({ organizationId: krypton, role: ['org:member'] });
  assert.deepEqual([members.totalCount, members.data[0].publicUserData.userId], [1, grace]);
  const held = await clerk.users.getOrganizationMembershipList({ userId: ada });
  assert.deepEqual(held.data.map((membership) => membership.organization.id).sort(), [krypton, operators].sort());
  assert.ok(held.data.every((membership) => membership.role === 'org:admin'));
});
