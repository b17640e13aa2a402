// runner.js: the page's side of the worker. The module and its program are in the page: data blocks, which no policy lets run.

const textOf = (id) => document.getElementById(id).textContent;

// The module: gzip, as base64.
export const unpackModule = async () => {
    const packed = Uint8Array.from(atob(textOf('module').trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).arrayBuffer();
};

export const createRunner = (module) => {
    const source = URL.createObjectURL(new Blob([textOf('worker')], { type: 'text/javascript' }));
    let worker = null, ready = null, running = null;

    const start = () => {
        worker = new Worker(source);
        ready = new Promise((resolve, reject) => {
            worker.onerror = (event) => reject(new Error(event.message ?? 'the worker does not start'));
            worker.onmessage = ({ data }) => {
                if (data.isReady) resolve();
                else if (data.progress) running?.progress(data.progress);
                else if (data.done) {
                    running?.resolve(data.done);
                    running = null;
                }
            };
        });
        module.then((binary) => worker.postMessage({ binary }));
    };

    // Ends what is running. Its promise gives null.
    const cancel = () => {
        worker?.terminate();
        running?.resolve(null);
        worker = running = null;
    };

    // {code, stdout, stderr, files: {path: Blob}}, or null where it was canceled.
    const run = async (args, files, outputs, progress) => {
        if (running) cancel();
        if (!worker) start();
        const mine = worker;
        return new Promise((resolve, reject) => {
            running = { resolve, progress };
            worker.onerror = (event) => reject(new Error(event.message));
            ready.then(() => {
                if (mine === worker) mine.postMessage({ run: { args, files, outputs } });
            }, reject);
        });
    };
    return { run, cancel };
};
