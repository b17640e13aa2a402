#!/usr/bin/env bats
# flat_names.bats: a CSV whose columns are the API's keys, however a loader spells them, is read as the API's records.

load helper

setup() { common_setup; }

@test "JOB_NUMBER, Job_Number, JobNumber and job_number are the API's jobNumber" {
    for header in ID,JOB_NUMBER,JOB_STATUS,COMPLETED_ON,SOLD_BY_ID,TOTAL,FIRST_APPOINTMENT_ID \
        Id,Job_Number,Job_Status,Completed_On,Sold_By_Id,Total,First_Appointment_Id \
        Id,JobNumber,JobStatus,CompletedOn,SoldById,Total,FirstAppointmentId \
        id,job_number,job_status,completed_on,sold_by_id,total,first_appointment_id; do
        printf '%s\n100,J100,Completed,2025-10-20T15:00:00Z,4101,10.5,3\n' "$header" > jobs.csv
        "$ST2PLECTO" convert -q --no-config --tz America/Chicago --force -o out jobs.csv >/dev/null
        [ "$(jq -r '"\(.external_id) \(.member_api_id) \(.["Jobs Total"])"' out/registrations.jsonl)" = "100 4101 10.5" ]
    done
}

@test "labels of the web with underscores stay those of the web" {
    printf 'Job_Number,Completion_Date,Primary_Technician,Jobs_Total\n1,10/20/2025,Ana Lopez,$10.00\n' > jobs.csv
    "$ST2PLECTO" convert -q --no-config --tz America/Chicago -o out jobs.csv >/dev/null
    [ "$(jq -r '"\(.external_id) \(.member_name) \(.["Jobs Total"])"' out/registrations.jsonl)" = "1 Ana Lopez 10" ]
}
