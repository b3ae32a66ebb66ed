namespace Gatehouse.AspNetCore.Authorization;

/// <summary>
/// What the scopes of API keys and OAuth tokens may do here. From the section <c>Gatehouse:Scopes</c>; a scope that is not in it grants
/// nothing.
/// </summary>
public sealed class ScopeOptions
{
    /// <summary>The permissions of each scope.</summary>
    public IDictionary<string, IList<string>> Permissions { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);
}
