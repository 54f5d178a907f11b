# Each target is one line that can be pasted anywhere.
.PHONY: run build test kill pipeline outage disk-full coverage format benchmark backlog hanging winter peers dashboards mutation check

run:
	dotnet run --project src/MetricsHub --configuration Release

build:
	dotnet build MetricsHub.sln

test:
	./test.sh

format:
	dotnet format MetricsHub.sln

kill:
	METRICSHUB_KILL_ROUNDS=20 dotnet run --project tests/MetricsHub.IntegrationTests --configuration Release -- -class MetricsHub.IntegrationTests.Faults.KillTests -class MetricsHub.IntegrationTests.Faults.PushKillTests -showLiveOutput

pipeline:
	bash tests/pipeline.sh

outage:
	METRICSHUB_OUTAGE_SECONDS=300 dotnet run --project tests/MetricsHub.IntegrationTests --configuration Release -- -class MetricsHub.IntegrationTests.Faults.OutageTests -showLiveOutput

disk-full:
	METRICSHUB_FULL_DISK=tmpfs dotnet run --project tests/MetricsHub.IntegrationTests --configuration Release -- -class MetricsHub.IntegrationTests.Faults.DiskFullTests -showLiveOutput

coverage:
	METRICSHUB_UPDATE_COVERAGE=1 dotnet run --project tests/MetricsHub.Tests --configuration Release -- -method MetricsHub.Tests.SamplesTests.Coverage_OfTheSamples_IsTheTableInTheDocs

benchmark:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release

backlog:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release -- backlog

hanging:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release -- hanging

winter:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release -- winter

peers:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release -- peers

dashboards:
	dotnet run --project tests/MetricsHub.Benchmarks --configuration Release -- dashboards

mutation:
	dotnet tool restore && cd tests/MetricsHub.Domain.Tests && EngineExamplesOnly=true dotnet stryker

check:
	bash .ci/run
