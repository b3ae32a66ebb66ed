using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Why authentication failed in this request: a feature of the request, which the challenge turns into an answer.</summary>
internal sealed record EntranceRefusal(TokenFailure Failure);
