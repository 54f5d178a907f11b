#!/usr/bin/env bash
# The whole pipeline on InfluxDB and PostgreSQL, with two workers and two API processes, beside an embedded hub that is given the same. Ends with
# a table of the hashes of all answers, and with 0 where they are the same. Needs Debian's packages influxdb and postgresql (./test.sh --install).
set -euo pipefail
cd "$(dirname "$0")/.."

table=$(mktemp)
trap 'rm -f "$table"' EXIT
status=0
METRICSHUB_PIPELINE=whole METRICSHUB_PIPELINE_TABLE=$table dotnet run --project tests/MetricsHub.IntegrationTests --configuration Release -- \
    -noColor -class MetricsHub.IntegrationTests.Pipeline.PipelineTests || status=1
cat "$table"
exit $status
