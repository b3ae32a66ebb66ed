namespace Gatehouse.Interop.Tests;

/// <summary>What the reporter says of one test, or one line that a test printed.</summary>
internal sealed record NodeTest(string? Name, bool Passed, string? Detail, string? Output);
