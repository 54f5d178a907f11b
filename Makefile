# Each target is one line that can be pasted anywhere.
.PHONY: run build test kill coverage format benchmark backlog hanging winter peers mutation check

run:
	dotnet run --project src/MetricsHub --configuration Release

build:
	dotnet build MetricsHub.sln

test:
	./test.sh

format:
	dotnet format MetricsHub.sln

kill:
	METRICSHUB_KILL_ROUNDS=20 dotnet run --project tests/MetricsHub.IntegrationTests --configuration Release -- -class MetricsHub.IntegrationTests.KillTests

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

mutation:
	dotnet tool restore && cd tests/MetricsHub.Domain.Tests && EngineExamplesOnly=true dotnet stryker

check:
	bash .ci/run
