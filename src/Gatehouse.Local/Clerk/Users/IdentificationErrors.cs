using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Clerk's refusals about e-mail addresses, phone numbers and wallets.</summary>
internal static class IdentificationErrors
{
    public static ClerkError LastOne { get; } = new(
        400, "identification_deletion_failed", "Deletion failed", "You cannot delete your last identification.");

    public static ClerkError UnverifiedSecondFactor { get; } = new(
        400, "identification_create_second_factor_unverified", "Create failed", "Unverified identifications cannot be a second factor");

    public static ClerkError SecondFactorOfUnverified { get; } = new(
        400, "identification_update_second_factor_unverified", "Update failed",
        "Cannot update second factor attributes for unverified identification");

    public static ClerkError Unverified { get; } = new(
        422, "form_verification_needed", "is unverified", "This identification needs to be verified before you can perform this action.")
    {
        ParameterName = "primary",
    };
}
