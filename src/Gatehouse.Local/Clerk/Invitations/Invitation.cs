namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>An invitation to the application. Whoever signs up with it gets its public metadata.</summary>
internal sealed class Invitation : EmailInvitation;
