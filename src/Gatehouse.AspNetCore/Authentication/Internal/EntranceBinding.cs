using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal static class EntranceBinding
{
    /// <summary>Binds an entrance to a section, with <c>MaximumLifetimes</c>: the binder passes over members that are set once only.</summary>
    public static OptionsBuilder<EntranceOptions> BindEntrance(this OptionsBuilder<EntranceOptions> entrance, string section) =>
        entrance.BindConfiguration(section).Configure<IConfiguration>((options, configuration) =>
        {
            var (lives, written) = (options.MaximumLifetimes, configuration.GetSection(section).GetSection(nameof(options.MaximumLifetimes)));
            options.MaximumLifetimes = new MaximumLifetimes
            {
                Session = written.GetValue<TimeSpan?>(nameof(lives.Session)) ?? lives.Session,
                Template = written.GetValue<TimeSpan?>(nameof(lives.Template)) ?? lives.Template,
                M2M = written.GetValue<TimeSpan?>(nameof(lives.M2M)) ?? lives.M2M,
                OAuth = written.GetValue<TimeSpan?>(nameof(lives.OAuth)) ?? lives.OAuth,
            };
        });
}
