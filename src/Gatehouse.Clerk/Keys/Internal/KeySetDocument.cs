using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Keys.Internal;

internal sealed record KeySetDocument(KeySet Keys, byte[] Digest);
