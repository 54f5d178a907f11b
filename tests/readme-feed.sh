#!/usr/bin/env bash
# Runs the README's commands for adding a provider's feed, verbatim, in the current folder.
#
#   readme-feed.sh README.md prepare    what is written before the hub starts
#   readme-feed.sh README.md ask        what asks the running hub; HUB is its address where it is not the usual one
#
# The commands are the bash blocks between <!-- feed: prepare --> or <!-- feed: ask --> and the next <!-- feed: end -->.
set -euo pipefail

readme=$1
part=$2
commands=$(awk -v start="<!-- feed: $part -->" '
  $0 == start              { inside = 1; next }
  $0 == "<!-- feed: end -->" { inside = 0 }
  inside && /^```bash$/    { block = 1; next }
  inside && /^```$/        { block = 0 }
  inside && block          { print }
' "$readme")
if [ -z "$commands" ]; then
  echo "$readme has no commands between '<!-- feed: $part -->' and '<!-- feed: end -->'." >&2
  exit 1
fi

bash -euo pipefail -c "$commands"
