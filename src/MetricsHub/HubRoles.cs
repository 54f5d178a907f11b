using MetricsHub.Storage;

namespace MetricsHub;

/// <summary>What a process does of all that a hub does. Together the processes on one ledger have to do everything.</summary>
/// <param name="Answers">It answers the API, shows the pages and takes what is pushed; what it asks for is done by workers.</param>
/// <param name="Works">It collects, evaluates and keeps the schedule.</param>
internal sealed record HubRoles(bool Answers, bool Works)
{
    public const string Key = "Roles";

    private const string Api = "api";
    private const string Worker = "worker";

    /// <exception cref="StartException">They cannot be, or the stores are such that one process has to do everything.</exception>
    public static HubRoles Of(IConfiguration configuration)
    {
        var names = (configuration[Key] ?? $"{Api},{Worker}").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0 || names.Except([Api, Worker]).Any())
        {
            throw new StartException($"{Key} must be {Api}, {Worker} or {Api},{Worker}; it is '{configuration[Key]}'.");
        }

        var roles = new HubRoles(names.Contains(Api), names.Contains(Worker));
        if (roles is not (true, true) && !(configuration.KeepsObservationsInInflux() && configuration.KeepsLedgerInPostgres()))
        {
            throw new StartException(
                $"{Key}={configuration[Key]} needs Storage:Observations={StorageOptions.Influx} and Storage:Ledger={StorageOptions.Postgres}: "
                + "what is kept in the data folder is one process's, which has to do everything.");
        }

        return roles;
    }
}
