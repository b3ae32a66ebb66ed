using System.Net;

namespace Gatehouse.Testbed;

/// <summary>Where a browser ended, and by which ways.</summary>
public sealed record Page(string Address, HttpStatusCode Status, string Text, IReadOnlyList<string> Trail);
