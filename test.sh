#!/usr/bin/env bash
# Runs every test. --install first installs what they need: from Debian's packages the browser, InfluxDB, PostgreSQL, Prometheus, docker-compose,
# strace and Node.js, and from npm the OpenID provider. Without it a missing one is a failure that says how to install it.
set -euo pipefail
cd "$(dirname "$0")"

packages=(chromium influxdb)
packages+=(postgresql)
packages+=(prometheus prometheus-alertmanager)
packages+=(docker-compose strace)

# Node.js is often there from elsewhere, and Debian's would then refuse to be installed beside it.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

if [[ "${1:-}" == "--install" ]]; then
    missing=()
    for package in "${packages[@]}"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
    done
    if ((${#missing[@]} > 0)); then
        as_root=()
        ((EUID == 0)) || as_root=(sudo)
        "${as_root[@]}" apt-get update -qq
        DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"

        # The packages start servers of their own, which nothing here uses.
        for service in influxdb postgresql prometheus prometheus-alertmanager; do
            if [[ " ${missing[*]} " == *" $service "* && -d /run/systemd/system ]]; then
                "${as_root[@]}" systemctl disable --quiet --now "$service"
            fi
        done
    fi

    # As locked, and without running anything of the packages.
    npm ci --ignore-scripts --no-audit --no-fund --prefix tests/MetricsHub.IntegrationTests/Oidc
elif (($# > 0)); then
    echo "usage: $0 [--install]" >&2
    exit 2
fi

dotnet build MetricsHub.sln --configuration Release
dotnet format MetricsHub.sln --verify-no-changes --no-restore --severity warn

# One project after the other: two cores, and each project starts processes of its own.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for project in MetricsHub.Domain.Tests MetricsHub.Tests MetricsHub.IntegrationTests; do
    timeout --kill-after=10s 30m dotnet run --no-build --configuration Release --project "tests/$project" -- -noColor | tee -a "$log" || status=1
done

sum() { grep -E '^ +MetricsHub\.[A-Za-z.]+ +Total:' "$log" | grep -oE "$1: [0-9]+" | awk '{ total += $2 } END { print total + 0 }'; }
total=$(sum Total)
bad=$(($(sum Failed) + $(sum Errors)))
not_run=$(($(sum Skipped) + $(sum 'Not Run')))
((bad == 0 && not_run == 0 && total > 0)) || status=1
echo "$((total - bad - not_run)) passed, $bad failed, $not_run skipped"
exit $status
