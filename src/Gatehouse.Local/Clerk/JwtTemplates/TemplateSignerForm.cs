using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>The members of a request that give a template a key of its own.</summary>
internal static class TemplateSignerForm
{
    private const string Custom = "custom_signing_key";
    private const string Algorithm = "signing_algorithm";
    private const string Key = "signing_key";
    private const int LongestKey = 16 * 1024;

    /// <summary>Null when the instance's key is to sign.</summary>
    public static TemplateSigner? Read(FormReader form)
    {
        var custom = form.Flag(Custom) == true;
        var (algorithm, key) = (form.Text(Algorithm), form.Text(Key, LongestKey));
        if (!custom)
        {
            RefuseWithout(form, algorithm, key);
            return null;
        }

        if (algorithm is null || string.IsNullOrEmpty(key))
        {
            form.Refuse(ParameterErrors.MissingWhen(algorithm is null ? Algorithm : Key, Custom, "true"));
            return null;
        }

        if (!TemplateSigner.Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            form.Refuse(ParameterErrors.ValueInvalid(Algorithm, $"one of {string.Join(", ", TemplateSigner.Algorithms)}"));
        }
        else if (TemplateSigner.Expected(algorithm, key) is { } expected)
        {
            form.Refuse(ParameterErrors.ValueInvalid(Key, expected));
        }

        return new TemplateSigner(algorithm, key);
    }

    // What a template is read as may be written back: RS256 is the instance's own.
    private static void RefuseWithout(FormReader form, string? algorithm, string? key)
    {
        if (algorithm is not (null or JwtTemplate.InstanceAlgorithm))
        {
            form.Refuse(ParameterErrors.DisallowedWhen(Algorithm, Custom, "false"));
        }

        if (!string.IsNullOrEmpty(key))
        {
            form.Refuse(ParameterErrors.DisallowedWhen(Key, Custom, "false"));
        }
    }
}
