namespace Hemera.Participations;

/// <summary>All that a service learns of a person.</summary>
public sealed record Person(string Id, string Name, string Email);
