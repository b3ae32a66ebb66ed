namespace Gatehouse.Clerk;

/// <summary>A further Clerk instance, which <c>AddClerk(name)</c> has added beside the main one.</summary>
/// <param name="Name">
/// Its name: that of its <see cref="ClerkOptions"/>, and the key of its services (<see cref="Api.ClerkBackendClient"/>,
/// <see cref="Tokens.IKeySetSource"/>, <see cref="Tokens.IOpaqueTokenSource"/>).
/// </param>
public sealed record ClerkInstance(string Name);
