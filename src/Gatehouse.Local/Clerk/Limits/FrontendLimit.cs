namespace Gatehouse.Local.Clerk.Limits;

/// <summary>The operations of the Frontend API that Clerk limits, each apart from the others.</summary>
internal enum FrontendLimit
{
    None,
    SignInCreation,
    SignUpCreation,
    SignInAttempt,
    SignUpAttempt,
}
