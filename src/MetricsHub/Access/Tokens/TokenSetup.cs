using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace MetricsHub.Access.Tokens;

internal static class TokenSetup
{
    /// <summary>
    /// The framework's bearer tokens without what comes along with them: keys written to the user's folder, a second way to configure
    /// them, and a look at every request before it is known what the request needs.
    /// </summary>
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<OidcOptions>().BindConfiguration(OidcOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        services.AddSingleton<TokenRoles>();
        services.AddSingleton<TokenRecogniser>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenRules>();
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        services.PostConfigureAll<JwtBearerOptions>(ForgetWithdrawnKeys);
        services.AddTransient<JwtBearerHandler>();
        services.AddWebEncoders();
        return services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<JwtBearerHandler>(TokenRecogniser.Scheme, displayName: null);

            // A scheme that is alone would otherwise be asked at every request, before anything else.
            authentication.DefaultScheme = "";
        });
    }

    /// <summary>
    /// The keys that are held stay while the provider is away. Without this the ones before them would as well, for an hour: what a provider
    /// has taken back, because somebody stole it, would still be taken here.
    /// </summary>
    private static void ForgetWithdrawnKeys(JwtBearerOptions options)
    {
        if (options.ConfigurationManager is BaseConfigurationManager keys)
        {
            keys.UseLastKnownGoodConfiguration = false;
        }
    }
}
