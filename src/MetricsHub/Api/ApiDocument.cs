using Microsoft.OpenApi;

namespace MetricsHub.Api;

/// <summary>The description of the API (OpenAPI 3.1) and the page that shows it. Summaries and parameters come from the XML comments.</summary>
internal static class ApiDocument
{
    public const string Address = "/swagger/v1/swagger.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        return services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "MetricsHub",
                Version = "v1",
                Description =
                    "Access and capacity metrics of integrated care systems, and the escalation levels computed from them. Instants are RFC 3339 "
                    + "in UTC; from is inclusive, to exclusive; days and months are those of Europe/London. Errors are problem details (RFC 9457). "
                    + "A figure that is not there is a coded absence, never a zero. Levels rest on local placeholders and are not NHS OPEL levels. "
                    + "Examples are shortened and their figures are made up.",
                Contact = new OpenApiContact { Name = "The MetricsHub maintainers" },
                License = new OpenApiLicense
                {
                    Name = "Data: Open Government Licence v3.0",
                    Url = new Uri("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
                },
            });
            options.IncludeXmlComments(typeof(ApiDocument).Assembly);
            options.DescribeAllParametersInCamelCase();
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.OperationFilter<OperationDetails>();
            options.OperationFilter<AnswerExamples>();
            options.OperationFilter<PushDocument>();
            options.OperationFilter<DeclarationDocument>();
            options.SchemaFilter<OpenSchemas>();
            options.DocInclusionPredicate((_, description) => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) ?? false);
        });
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapSwagger(setupAction: options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "MetricsHub API";
            options.SwaggerEndpoint(Address, "MetricsHub v1");
            options.EnableTryItOutByDefault();
        });
    }
}
