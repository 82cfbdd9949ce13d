-- Jobs are put in line by the web and the commands, and worked off by the keeper. They carry ids, never data.
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers to hjemmel_app, hjemmel_keeper;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq,
    procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq to hjemmel_app, hjemmel_keeper;
