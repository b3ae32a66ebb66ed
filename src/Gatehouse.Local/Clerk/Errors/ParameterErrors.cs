namespace Gatehouse.Local.Clerk.Errors;

/// <summary>The refusals that concern one parameter, which is named in <c>meta.param_name</c>.</summary>
internal static class ParameterErrors
{
    public static ClerkError Missing(string name) =>
        Of(name, "form_param_missing", "is missing", $"{name} must be included.");

    public static ClerkError Nil(string name) =>
        Of(name, "form_param_nil", "cannot be null", $"{name} cannot be null.");

    public static ClerkError Unknown(string name) =>
        Of(name, "form_param_unknown", "is unknown", $"{name} is not a valid parameter for this request.");

    public static ClerkError TypeInvalid(string name, string expected) =>
        Of(name, "form_param_type_invalid", "is of the wrong type", $"{name} must be {expected}.");

    public static ClerkError ValueInvalid(string name, string expected) =>
        Of(name, "form_param_value_invalid", "is invalid", $"{name} must be {expected}.");

    public static ClerkError FormatInvalid(string name, string expected) =>
        Of(name, "form_param_format_invalid", "is invalid", $"{name} must be {expected}.");

    public static ClerkError Duplicate(string name) =>
        Of(name, "form_param_duplicate", "is included more than once", $"{name} is included more than once, or taken.");

    public static ClerkError TooLong(string name, int most) =>
        Of(name, "form_param_max_length_exceeded", "is too long", $"{name} should not exceed {most} characters.");

    public static ClerkError TooShort(string name, int least) =>
        Of(name, "form_param_min_length_exceeded", "is too short", $"{name} should have at least {least} characters.");

    public static ClerkError TooMany(string name, int most) =>
        Of(name, "form_param_array_size_exceeded", "has too many items", $"{name} should not contain more than {most} items.");

    public static ClerkError IdentifierExists(string name) =>
        Of(name, "form_identifier_exists", "is taken. Please try another.", $"That {name} is taken. Please try another.");

    /// <summary>What is only complete with another parameter.</summary>
    public static ClerkError MissingBeside(string name, string other) =>
        Of(name, "form_conditional_param_missing", "is missing", $"`{name}` is required when `{other}` is present.");

    public static ClerkError DisallowedBeside(string name, string other) =>
        Of(name, "form_conditional_param_disallowed", "is not allowed", $"`{name}` isn't allowed when `{other}` is present.");

    /// <summary>What another parameter's value asks for. Clerk names no parameter in <c>meta</c> here.</summary>
    public static ClerkError MissingWhen(string name, string other, string value) => new(
        422, "form_conditional_param_missing", "is missing", $"`{name}` is required when `{other}` is `{value}`.");

    public static ClerkError DisallowedWhen(string name, string other, string value) =>
        Of(name, "form_conditional_param_disallowed", "is not allowed", $"`{name}` isn't allowed when `{other}` is {value}.");

    private static ClerkError Of(string name, string code, string message, string longMessage) =>
        new(422, code, message, longMessage) { ParameterName = name };
}
