namespace Gatehouse.Host;

/// <summary>Reads one variable of the environment that the command runs in; null or empty when it is not set.</summary>
public delegate string? ToolEnvironment(string name);
