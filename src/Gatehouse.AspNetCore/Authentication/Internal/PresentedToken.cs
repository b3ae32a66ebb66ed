namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The text of the token that this request is admitted by, where it does not stand in its <c>Authorization</c> header.</summary>
internal sealed record PresentedToken(string Text)
{
    public override string ToString() => "***";
}
