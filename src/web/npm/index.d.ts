/** A file in memory. `path` is its name in messages and in the result; `modified`: milliseconds since 1970, for workbooks. */
export interface InputFile {
    path: string;
    bytes: Uint8Array;
    modified?: number;
}

/** Options of `st2plecto convert` by their names, such as `{ tz: 'America/Phoenix', 'on-error': 'reject', drop: ['Status'] }`. */
export interface ConvertOptions {
    schema?: string;
    tz?: string;
    period?: string;
    by?: 'row' | 'day' | 'week' | 'month';
    employee?: string;
    date?: string;
    /** Files to write: csv (default), jsonl, xlsx, review; several with commas. */
    to?: string;
    'on-error'?: 'stop' | 'reject';
    'active-only'?: boolean;
    field?: string | string[];
    drop?: string | string[];
    /** Files that options name, such as those of `roster`, `with` and `fixes`. */
    companions?: InputFile[];
    [option: string]: unknown;
}

export interface Converted {
    /** Exit code of the command: 0 published, 8 published with rows set aside, 1 nothing published. */
    code: number;
    /** What was written, by its name: import.csv, rejected.csv, result.json … */
    files: Record<string, Uint8Array>;
    /** result.json (schemas/result.schema.json), or null where nothing was published. */
    result: Record<string, unknown> | null;
    stdout: string;
    stderr: string;
}

/** Converts exports. Problems of rows are in `result.issues`; problems of files or options are in `stderr`. Never throws for them. */
export function convert(files: InputFile[], options?: ConvertOptions): Promise<Converted>;

/** Runs any offline command over files in memory: `run(['inspect', 'jobs.csv'], [{ path: 'jobs.csv', bytes }])`. */
export function run(
    args: string[], files?: InputFile[], outputs?: string[],
): Promise<{ code: number; stdout: string; stderr: string; files: Record<string, Uint8Array> }>;
