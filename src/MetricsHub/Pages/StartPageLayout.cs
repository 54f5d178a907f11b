using System.Security.Cryptography;
using System.Text;

namespace MetricsHub.Pages;

/// <summary>What stands around a page's content. The style is in the page, and the policy names its hash: one request, and no other style runs.</summary>
internal static class StartPageLayout
{
    // Contrast of text 14.4:1, links 8.8:1, levels 1 to 4 7.7:1, 10.2:1, 6.8:1 and 11.1:1, simulated 10.9:1; WCAG 2.2 AA asks for 4.5:1.
    private const string Style = """
        :root{font:100%/1.5 Arial,Helvetica,sans-serif;color:#212b32;background:#fff}
        body{margin:0 auto;max-width:72rem;padding:0 1rem 3rem}
        .skip{position:absolute;left:-999rem}.skip:focus{position:static;display:inline-block;padding:.5rem}
        h1{font-size:2rem;margin:1rem 0 .25rem}h2{font-size:1.4rem;margin:2rem 0 .5rem}
        a{color:#004b8d}a:focus,[tabindex]:focus{outline:3px solid #212b32;outline-offset:2px;background:#ffeb3b;color:#212b32}
        .note{border-left:.4rem solid #ae4700;padding:.5rem 1rem;background:#fdf6ee}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
        caption{text-align:left;font-weight:bold;padding:.5rem 0}
        th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #aeb7bd}
        .level{display:inline-block;padding:.1rem .5rem;font-weight:bold;white-space:nowrap;border:1px solid #212b32}
        .level-1{background:#00603a;color:#fff}.level-2{background:#ffd54f;color:#212b32}
        .level-3{background:#9c3d00;color:#fff}.level-4{background:#7a0c1e;color:#fff}.level-none{background:#fff;color:#212b32;border-style:dashed}
        .simulated{display:inline-block;padding:0 .4rem;background:#4a2c6f;color:#fff;font-weight:bold}
        @media(max-width:600px){
        thead{position:absolute;left:-999rem}table,caption,tbody,tr,th,td{display:block}
        tr{padding:.5rem 0;border-bottom:2px solid #212b32}tbody th,td{padding:.15rem 0;border-bottom:0}
        td::before{content:attr(data-label)": ";font-weight:bold}}
        """;

    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Wrap(string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>{Style}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to main content</a>
        {content}
        </body>
        </html>

        """;
}
