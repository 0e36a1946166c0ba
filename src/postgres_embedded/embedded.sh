# Starts Postgres and a guardian beside it, which stops it after its last user. Run by embedded.ts as
#
#     sh -c <this text> embedded.sh <binaries> <folder> <folder of the socket> <orphaned|free> <option of postgres>...
#
# The folder holds
#     data       the database
#     lifeline   a named pipe: each user of the database holds it open for writing, the guardian reads. The kernel closes
#                it for a process that dies, however it dies, so the guardian meets the end of the file exactly when the
#                last user is gone
#     welcome    the guardian's answer to a line in the lifeline
#     launch     the number of the launch that is in charge; empty while it stops
#     server     the process id of Postgres while it runs
#     log        what Postgres and this script said since this start; log.old is that of the start before
#
# It returns at once; the guardian goes on alone and begins to count users when standard input closes.

binaries=$1/bin folder=$2 sockets=$3 found=$4
shift 4
umask 077
# A system that stops sends these to every process. Users may still need the database while they finish.
trap '' HUP INT TERM

initialize() {
  rm -rf data.new
  "$binaries/initdb" --pgdata=data.new --username=storewatch --auth=trust --encoding=UTF8 --locale=C &&
    echo 'create database storewatch' | "$binaries/postgres" --single -D data.new postgres &&
    mv data.new data # under its name only when whole, so that a start cut short leaves nothing in the way
}

# Makes the folder of the socket. Below /tmp, another account may have made it first: then the start fails.
provide_sockets() {
  mkdir -p "$sockets" && [ -O "$sockets" ] && [ -O "${sockets%/*}" ] && [ ! -L "${sockets%/*}" ] && return
  echo "$sockets should be a folder that belongs to this account, in one that does"
  return 1
}

# Starts Postgres again after a crash, ten times in a row at most, while this launch is in charge.
keep_running() {
  crashes=0
  while [ "$crashes" -lt 10 ]; do
    started=$(date +%s)
    # A lock file that a crash left names a process id which may be another's by now. Postgres overlooks this one id,
    # and still sees a server that lives by its shared memory.
    PG_GRANDPARENT_PID=$(sed -n 1p data/postmaster.pid 2>/dev/null) "$binaries/postgres" -D data -k "$sockets" "$@" &
    echo $! >server
    wait $!
    code=$?
    is_in_charge || return
    rm server
    # It refused to start, and no lock file is left of a server that may be about to end: waiting would not help.
    [ "$code" -eq 1 ] && [ ! -e data/postmaster.pid ] && break
    [ $(($(date +%s) - started)) -lt 60 ] || crashes=0
    crashes=$((crashes + 1))
    sleep 1
    is_in_charge || return
  done
  echo $$ 1<>lifeline
}

is_in_charge() {
  [ "$(cat launch)" = $$ ] # in a subshell too, this is the process that was launched
}

guard() {
  echo $$ >launch
  [ -d data ] || initialize || exit
  provide_sockets || exit
  # Its socket answered, so the process id in its lock file is its own; else pg_ctl might interrupt a stranger.
  [ "$found" = orphaned ] && "$binaries/pg_ctl" stop --pgdata=data --mode=fast
  rm -f server
  { exec 3<&- 4<&- && keep_running "$@"; } &
  read -r _ <&4
  exec 5<lifeline 3<&- 4<&-
  # Every line is a question whether we are here, but for the one by which the keeper gives up.
  while read -r line <&5 && [ "$line" != $$ ]; do : >welcome; done
  : >launch
  while :; do
    [ ! -s server ] || kill -INT "$(cat server)" # again and again, since one that is just starting does not hear it
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  rm -rf "$sockets" server welcome
}

cd "$folder" || exit
[ ! -e log ] || mv -f log log.old || exit
exec 4<&0 >log 2>&1
[ -p lifeline ] || mkfifo lifeline || exit
exec 3<>lifeline # in both directions, since this never waits; from now on users find a reader
guard "$@" &
