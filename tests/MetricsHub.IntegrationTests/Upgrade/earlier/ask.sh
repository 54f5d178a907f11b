#!/usr/bin/env bash
# Asks a hub what UpgradeTests will ask a later one, and writes down the answers as they are sent: no number goes through another program.
set -euo pipefail
hub=${1:?address} between=${2:?instant between two releases} then=${3:?instant}

level="/api/v1/organisations/QUY/escalation"
paths=(
    "$level?at=2025-12-31&asOf=$then"
    "$level?at=2025-12-31&asOf=$between"
    "$level/explain?at=2025-12-31&asOf=$then"
    "$level/history?framework=access-published-monthly&from=2025-01-01T00:00:00Z&to=2026-01-31T00:00:00Z&asOf=$then"
    "$level/history?framework=winter-sitrep-local&from=2022-12-20T00:00:00Z&to=2023-01-10T00:00:00Z&asOf=$then"
    "$level/declarations?asOf=$then"
    "/api/v1/observations?organisation=RTP&limit=1000&asOf=$then"
    "/api/v1/observations?organisation=RTP&limit=1000&asOf=$between"
    "/api/v1/rejections?source=nhs-england-uec-daily-sitrep&limit=1000"
    "/api/v1/actions?limit=100"
)
mapfile -t publications < <(curl -fsS "$hub/api/v1/publications?source=nhs-england-ae-monthly&limit=100" | grep -oE '"id":"[0-9a-f]{64}"' | cut -d'"' -f4)
for id in "${publications[@]}"; do paths+=("/api/v1/publications/$id"); done

separator='{"answers":['
for path in "${paths[@]}"; do
    printf '%s{"path":"%s","answer":' "$separator" "$path"
    curl -fsS "$hub$path"
    printf '}'
    separator=,
done
separator='],"hashes":['
for path in "/api/v1/observations.csv?asOf=$then" "/api/v1/observations.csv?asOf=$between"; do
    printf '%s{"path":"%s","sha256":"%s"}' "$separator" "$path" "$(curl -fsS "$hub$path" | sha256sum | cut -d' ' -f1)"
    separator=,
done
printf ']}\n'
