using Gatehouse.AspNetCore.Authentication.Internal;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>A rule with the entrance that it makes of the main one.</summary>
internal sealed record NamedRule(ForwardAuthRule Demands, NamedEntrance Entrance);
