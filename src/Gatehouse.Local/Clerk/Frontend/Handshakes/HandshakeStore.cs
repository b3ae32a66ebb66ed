namespace Gatehouse.Local.Clerk.Frontend.Handshakes;

/// <summary>What handshakes have answered and apps have still to fetch: each once, and within a minute.</summary>
internal sealed class HandshakeStore
{
    private const long Lifetime = 60_000;

    private readonly Dictionary<string, (IReadOnlyList<string> Directives, long EndsAt)> _byNonce = new(StringComparer.Ordinal);

    public void Add(string nonce, IReadOnlyList<string> directives, long now)
    {
        foreach (var (key, held) in _byNonce)
        {
            if (held.EndsAt <= now)
            {
                _byNonce.Remove(key);
            }
        }

        _byNonce.Add(nonce, (directives, now + Lifetime));
    }

    public IReadOnlyList<string>? Take(string nonce, long now) =>
        _byNonce.Remove(nonce, out var held) && now < held.EndsAt ? held.Directives : null;
}
