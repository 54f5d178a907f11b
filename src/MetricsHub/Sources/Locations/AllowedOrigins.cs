namespace MetricsHub.Sources.Locations;

/// <summary>Where a source may be fetched from: the origin of its landing page, and hosts that its definition names.</summary>
internal sealed class AllowedOrigins(Uri page, IReadOnlyCollection<string> hosts)
{
    public bool Contains(Uri address) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && page.Scheme == Uri.UriSchemeHttp))
        && (IsOwn(address) || hosts.Any(host =>
            host.Equals(address.IsDefaultPort ? address.Host : address.Authority, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether an address is of the origin that the source itself is at.</summary>
    public bool IsOwn(Uri address) =>
        Uri.Compare(page, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
