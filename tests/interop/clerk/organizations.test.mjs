import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { ada, apiUrl, clerk, grace, krypton, lin, operators, png, secretKey, sessionToken } from './local-clerk.mjs';

test('an organization is read by id and by slug, and listed', async () => {
  const organization = await clerk.organizations.getOrganization({ slug: 'krypton', includeMembersCount: true });
  assert.deepEqual([organization.id, organization.membersCount], [krypton, 2]);
  const list = await clerk.organizations.getOrganizationList({ orderBy: 'name' });
  assert.deepEqual(list.data.map((found) => found.slug), ['krypton', 'operators']);
});

test('memberships are listed of an organization, of a user and of the instance', async () => {
  const members = await clerk.organizations.getOrganizationMembershipList({ organizationId: krypton, role: ['org:member'] });
  assert.deepEqual([members.totalCount, members.data[0].publicUserData.userId], [1, grace]);
  const held = await clerk.users.getOrganizationMembershipList({ userId: ada });
  assert.deepEqual(held.data.map((membership) => membership.organization.id).sort(), [krypton, operators].sort());
  assert.ok(held.data.every((membership) => membership.role === 'org:admin'));
  assert.equal((await clerk.organizations.getInstanceOrganizationMembershipList({ limit: 1 })).totalCount, 3);
});

test('an organization is created, updated, given metadata and deleted', async () => {
  const created = await clerk.organizations.createOrganization({ name: 'Acme', slug: 'acme', createdBy: lin, publicMetadata: { plan: 'pro' } });
  assert.deepEqual([created.slug, created.createdBy, created.publicMetadata], ['acme', lin, { plan: 'pro' }]);

  const updated = await clerk.organizations.updateOrganization(created.id, { name: 'Acme Inc', maxAllowedMemberships: 9 });
  assert.deepEqual([updated.name, updated.maxAllowedMemberships], ['Acme Inc', 9]);
  const merged = await clerk.organizations.updateOrganizationMetadata(created.id, { publicMetadata: { seats: 3 } });
  assert.deepEqual(merged.publicMetadata, { plan: 'pro', seats: 3 });
  const replaced = await clerk.organizations.replaceOrganizationMetadata(created.id, { publicMetadata: {} });
  assert.deepEqual(replaced.publicMetadata, {});

  const deleted = await clerk.organizations.deleteOrganization(created.id);
  assert.deepEqual([deleted.deleted, deleted.slug], [true, 'acme']);
  await assert.rejects(clerk.organizations.getOrganization({ organizationId: created.id }), { status: 404 });
});

test('a logo is set, served and deleted', async () => {
  const file = new Blob([png], { type: 'image/png' });
  const organization = await clerk.organizations.updateOrganizationLogo(krypton, { file, uploaderUserId: ada });
  assert.equal(organization.hasImage, true);
  assert.deepEqual(Buffer.from(await (await fetch(organization.imageUrl)).arrayBuffer()), png);
  assert.equal((await clerk.organizations.deleteOrganizationLogo(krypton)).hasImage, false);
  await assert.rejects(
    clerk.organizations.updateOrganizationLogo(krypton, { file, uploaderUserId: 'user_2nobody' }), (error) => error.status === 404);
});

test('a membership is created, updated, given metadata and deleted', async () => {
  const created = await clerk.organizations.createOrganizationMembership({ organizationId: operators, userId: lin, role: 'org:member' });
  assert.equal(created.role, 'org:member');
  const updated = await clerk.organizations.updateOrganizationMembership({ organizationId: operators, userId: lin, role: 'org:admin' });
  assert.ok(updated.permissions.includes('org:sys_memberships:manage'));
  const merged = await clerk.organizations.updateOrganizationMembershipMetadata(
    { organizationId: operators, userId: lin, publicMetadata: { desk: 4 } });
  assert.deepEqual(merged.publicMetadata, { desk: 4 });
  const deleted = await clerk.organizations.deleteOrganizationMembership({ organizationId: operators, userId: lin });
  assert.deepEqual([deleted.id, deleted.publicMetadata], [created.id, { desk: 4 }]);
  await assert.rejects(
    clerk.organizations.deleteOrganizationMembership({ organizationId: operators, userId: ada }),
    (error) => error.errors[0].code === 'organization_minimum_permissions_needed');
});

test('invitations into an organization are created, listed, read and revoked', async () => {
  const invitation = await clerk.organizations.createOrganizationInvitation({
    organizationId: krypton, emailAddress: 'guest@example.com', role: 'org:member', inviterUserId: ada, redirectUrl: 'http://localhost:3000/welcome',
  });
  assert.deepEqual([invitation.status, invitation.publicMetadata], ['pending', {}]);
  const bulk = await clerk.organizations.createOrganizationInvitationBulk(
    krypton, [{ emailAddress: 'second@example.com', role: 'org:admin', inviterUserId: ada }]);
  assert.equal(bulk.data[0].role, 'org:admin');

  const pending = await clerk.organizations.getOrganizationInvitationList({ organizationId: krypton, status: ['pending'] });
  assert.equal(pending.totalCount, 2);
  assert.equal((await clerk.organizations.getOrganizationInvitation({ organizationId: krypton, invitationId: invitation.id })).id, invitation.id);
  const revoked = await clerk.organizations.revokeOrganizationInvitation(
    { organizationId: krypton, invitationId: invitation.id, requestingUserId: ada });
  assert.equal(revoked.status, 'revoked');
  assert.equal((await clerk.users.getOrganizationInvitationList({ userId: lin })).totalCount, 0);
});

test('roles and permissions are created, get into tokens, and are deleted', async () => {
  const read = await clerk.organizationPermissions.createOrganizationPermission({ name: 'Read invoices', key: 'org:invoices:read' });
  const write = await clerk.organizationPermissions.createOrganizationPermission({ name: 'Write invoices', key: 'org:invoices:write' });
  const role = await clerk.organizationRoles.createOrganizationRole({ name: 'Clerk', key: 'org:clerk', permissions: [read.id] });
  await clerk.organizationRoles.assignPermissionToOrganizationRole({ organizationRoleId: role.id, permissionId: write.id });
  await clerk.organizations.updateOrganizationMembership({ organizationId: krypton, userId: grace, role: 'org:clerk' });

  const { jwt } = await sessionToken(grace, { organizationId: krypton });
  const { o, fea } = await verifyToken(jwt, { secretKey, apiUrl });
  assert.deepEqual([o.rol, o.per, o.fpm, fea], ['clerk', 'read,write', '3', 'o:invoices']);

  await clerk.organizationRoles.removePermissionFromOrganizationRole({ organizationRoleId: role.id, permissionId: write.id });
  await clerk.organizationRoles.updateOrganizationRole({ organizationRoleId: role.id, name: 'Scribe' });
  const found = await clerk.organizationRoles.getOrganizationRole(role.id);
  assert.deepEqual([found.name, found.permissions.map((permission) => permission.key)], ['Scribe', ['org:invoices:read']]);
  assert.equal((await clerk.organizationRoles.getOrganizationRoleList({ query: 'clerk' })).totalCount, 1);

  await clerk.organizations.updateOrganizationMembership({ organizationId: krypton, userId: grace, role: 'org:member' });
  assert.equal((await clerk.organizationRoles.deleteOrganizationRole(role.id)).deleted, true);
  await clerk.organizationPermissions.updateOrganizationPermission({ permissionId: write.id, name: 'Change invoices' });
  assert.equal((await clerk.organizationPermissions.getOrganizationPermission(write.id)).name, 'Change invoices');
  assert.equal((await clerk.organizationPermissions.getOrganizationPermissionList({ query: 'invoices' })).totalCount, 2);
  assert.equal((await clerk.organizationPermissions.deleteOrganizationPermission(write.id)).deleted, true);
});
