#!/usr/bin/env bats
# cluster.bats: the feeds of a group of companies as an array of Slurm, on one node that is started here: samples/nightly/
# feeds.slurm. By night, and by `make cluster`. Needs root, slurm-wlm and munge (scripts/test --nightly installs them).

load ../cli/helper
load ../cli/group_helper

setup() {
    night_only
    common_setup
    needs slurmctld
    [ "$(id -u)" = 0 ] || skip "Slurm's daemons are started as root"
    ! pgrep -x 'slurmctld|slurmd|munged' >/dev/null || skip "another Slurm or munge is at work"
    [ -r /etc/munge/munge.key ] || skip "munge has no key"
    start_slurm
    group "${COMPANIES:-20}" 18 # fewer to try it by hand
    tasks >tasks.txt
    expect
}

teardown() {
    [ -n "${SLURM_CONF:-}" ] || return 0
    scontrol shutdown >/dev/null 2>&1 || true
    for file in "$WORK/slurm/slurmd.pid" "$WORK/slurm/slurmctld.pid" /run/munge/munged.pid; do
        end_process "$file"
    done
}

# end_process FILE: of the pid in it, once it is given some time to end by itself.
end_process() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        [ "${1##*/}" != munged.pid ] || kill "$pid" 2>/dev/null || true
        sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
}

# start_slurm: controller and node on this machine, all of their files in a folder of the test.
start_slurm() {
    local place=$WORK/slurm host
    host=$(hostname)
    mkdir -p "$place/state" "$place/spool" /run/munge
    chown munge /run/munge
    cat >"$place/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ReturnToService=2
MaxArraySize=1001
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF=$place/slurm.conf
    su munge -s /bin/sh -c munged 3>&-
    slurmctld 3>&-
    slurmd 3>&-
    for _ in $(seq 300); do # until the node is idle
        ! sinfo --noheader --format=%t 2>/dev/null | grep -q '^idle$' || return 0
        sleep 0.2
    done
    cat "$place"/*.log >&2
    return 1
}

# array [OPTION…]: all tasks; its number in $job.
array() {
    job=$(sbatch --parsable --requeue --array="1-$(wc -l <tasks.txt)%$(nproc)" "$@" "$ROOT/samples/nightly/feeds.slurm" tasks.txt)
}

# ended: nothing of the array waits or runs.
ended() {
    while [ -n "$(squeue --noheader --jobs "$job" 2>/dev/null)" ]; do sleep 0.5; done
}

@test "an array of all feeds gives what a run of each company gives; a killed and a repeated task change nothing" {
    array
    local killed=0 number
    while [ -n "$(squeue --noheader --jobs "$job" 2>/dev/null)" ]; do
        # three tasks are requeued while they run: Slurm kills them and starts them again
        number=$(squeue --noheader --states=R --format=%K --jobs "$job" 2>/dev/null | head -n 1)
        if [ $killed -lt 3 ] && [ -n "$number" ] && scontrol requeue "${job}_$number" 2>/dev/null; then killed=$((killed + 1)); fi
        sleep 0.5
    done
    ended
    echo "requeued: $killed" >&2
    [ $killed -gt 0 ]
    as_expected
    # a second array of some of them: the same bytes
    job=$(sbatch --parsable --wait --array=1-6 "$ROOT/samples/nightly/feeds.slurm" tasks.txt)
    as_expected
}
