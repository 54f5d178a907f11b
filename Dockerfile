# The hub and, beside it, the simulator: one image, two programs. Nothing in it but .NET, them, the catalogue and the samples.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source

# First what says which packages are needed: they are fetched anew only when that changes.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/MetricsHub/MetricsHub.csproj src/MetricsHub/packages.lock.json src/MetricsHub/
COPY src/MetricsHub.Domain/MetricsHub.Domain.csproj src/MetricsHub.Domain/packages.lock.json src/MetricsHub.Domain/
COPY src/MetricsHub.Simulator/MetricsHub.Simulator.csproj src/MetricsHub.Simulator/packages.lock.json src/MetricsHub.Simulator/
RUN dotnet restore src/MetricsHub --locked-mode

COPY src/ src/
COPY catalogue/ catalogue/
COPY samples/ samples/
RUN dotnet publish src/MetricsHub --configuration Release --no-restore --output /app

# DuckDB comes for every system; this is Linux. A volume takes its owner from the folder of the image that it is mounted on.
RUN rm -rf /app/runtimes/osx /app/runtimes/win-* && mkdir /data

# Extra: it has the time zones that every London day is reckoned by. Chiseled: there is no shell, no package manager, nothing to be used by
# whoever should not be there.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app ./
COPY --from=build --chown=1654:1654 /data /data

# The base image asks for a port of its own; where the hub listens is said by Urls alone.
ENV ASPNETCORE_HTTP_PORTS=""
EXPOSE 8080
USER 1654:1654
ENTRYPOINT ["dotnet", "MetricsHub.dll"]
