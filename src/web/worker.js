// worker.js: runs the program off the page's thread. It is told {binary} once, then {run: {args, files, outputs}}; it tells
// {progress: {path, at, size}} and in the end {done}. Cancelling is the end of this worker.
import { runProgram } from './engine.js';

let compiled;

const reader = new FileReaderSync();
const STEP = 4 << 20; // bytes between two messages

// A File as an input: its bytes stay on the disk until they are asked for.
const inputOf = ({ path, file }) => {
    let told = 0;
    return {
        path, size: file.size, modified: file.lastModified,
        read: (from, to) => {
            if (to >= told + STEP || to < told) {
                told = to;
                postMessage({ progress: { path, at: to, size: file.size } });
            }
            return new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to)));
        },
    };
};

onmessage = async ({ data }) => {
    if (data.binary) {
        compiled = await WebAssembly.compile(data.binary);
        postMessage({ isReady: true });
        return;
    }
    const { args, files, outputs } = data.run;
    const done = await runProgram(st2plecto, compiled, { args, inputs: files.map(inputOf), outputs, inParts: true });
    for (const [path, parts] of Object.entries(done.files)) done.files[path] = new Blob(parts);
    postMessage({ done });
};
