#!/bin/sh
# nightly.sh [FOLDER]: the night of the company whose st2plecto.json is in FOLDER (default: that of this script's company).
# The output is what cron mails: a line for each feed. Exit code: the worst of the feeds (st2plecto help exit-codes).
set -u
folder=${1:-$(dirname "$0")/company}
: "${ST2PLECTO:=st2plecto}"
code=0
"$ST2PLECTO" run --config "$folder/st2plecto.json" || code=$?
case $code in
0) ;;
8) echo "Some rows were set aside: see $folder/plecto/overview.html" ;;
127) echo "$ST2PLECTO was not found: put its folder into PATH, or set ST2PLECTO to its path" ;;
*) echo "Something failed (exit $code): see $folder/plecto/overview.html and $folder/st2plecto.log" ;;
esac
exit $code
