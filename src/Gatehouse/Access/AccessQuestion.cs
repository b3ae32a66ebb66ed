namespace Gatehouse.Access;

/// <summary>What is asked of a session. Everything that is asked must hold; a question that asks nothing is answered no.</summary>
public sealed record AccessQuestion
{
    /// <summary>A role in the active organization, with or without its prefix <c>org:</c>.</summary>
    public string? Role { get; init; }

    /// <summary>A permission in the active organization, with or without its prefix <c>org:</c>.</summary>
    public string? Permission { get; init; }

    /// <summary>A feature, of the organization (<c>org:reports</c>), the user (<c>user:reports</c>), or either (<c>reports</c>).</summary>
    public string? Feature { get; init; }

    /// <summary>A plan, of the organization (<c>org:gold</c>), the user (<c>user:gold</c>), or either (<c>gold</c>).</summary>
    public string? Plan { get; init; }

    /// <summary>A recent proof of who it is.</summary>
    public Reverification? Reverification { get; init; }
}
