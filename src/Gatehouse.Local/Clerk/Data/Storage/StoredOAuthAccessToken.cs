using Gatehouse.Local.Clerk.OAuth;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>An OAuth access token with its text.</summary>
internal sealed record StoredOAuthAccessToken(OAuthAccessToken Token, string Text);
