// engine.js: one run of the program, the same for the page's worker, the npm package and the tests.
//
// `make` is what emscripten made (build/wasm/st2plecto.cjs), `compiled` the WebAssembly.Module. A run has an instance of its
// own with a file system in memory, which is gone afterwards. Nothing here can reach a network or a disk.

const HOME = '/files';
const KEPT = new TextDecoder();

// A file of the user, which stays where it is: each read takes a slice of it. `read(from, to)` gives its bytes.
const addLarge = (FS, path, size, read) => {
    FS.writeFile(path, '');
    const { node } = FS.lookupPath(path);
    node.usedBytes = size;
    node.stream_ops = {
        ...node.stream_ops,
        read: (stream, buffer, offset, length, position) => {
            const end = Math.min(position + length, size);
            if (position >= end) return 0;
            buffer.set(read(position, end), offset);
            return end - position;
        },
    };
};

// Files that the program writes get twice the room when they are full: emscripten gives them an eighth more, and copies a file
// of 20 MB thirty times until it is whole.
const growFaster = (FS) => {
    const { open } = FS;
    FS.open = (...words) => {
        const stream = open(...words), { node } = stream, { write } = node?.stream_ops ?? {};
        if (!write || node.growsFaster || !FS.isFile(node.mode)) return stream;
        node.growsFaster = true;
        node.stream_ops = {
            ...node.stream_ops,
            write: (to, buffer, offset, length, position, canOwn) => {
                const room = node.contents?.length ?? 0, end = position + length;
                if (room > 0 && end > room) {
                    const larger = new Uint8Array(Math.max(end, 2 * room));
                    larger.set(node.contents.subarray(0, node.usedBytes));
                    node.contents = larger;
                }
                return write(to, buffer, offset, length, position, canOwn);
            },
        };
        stream.stream_ops = node.stream_ops;
        return stream;
    };
};

const folderOf = (path) => path.slice(0, path.lastIndexOf('/'));

const addFile = (FS, { path, bytes, size, read, modified }) => {
    const full = `${HOME}/${path}`;
    FS.mkdirTree(folderOf(full));
    if (read) addLarge(FS, full, size, read);
    else FS.writeFile(full, bytes);
    if (modified !== undefined) FS.lookupPath(full).node.timestamp = modified; // workbooks say when their export was made
};

// All files below a folder, by their paths in it. The bytes are the file system's own, which nobody needs any more.
const filesBelow = (FS, folder, prefix = '') => {
    const found = {};
    for (const name of FS.readdir(folder).sort()) {
        if (name === '.' || name === '..') continue;
        const full = `${folder}/${name}`;
        const { mode } = FS.stat(full);
        if (FS.isDir(mode)) Object.assign(found, filesBelow(FS, full, `${prefix}${name}/`));
        else {
            const { contents, usedBytes } = FS.lookupPath(full).node;
            found[prefix + name] = new Uint8Array(contents.buffer ?? contents, 0, usedBytes);
        }
    }
    return found;
};

// Collects what is written to a stream; `tell` hears each whole line at once.
const collector = (tell) => {
    const bytes = [];
    let begin = 0;
    return {
        take: (byte) => {
            if (byte === null) return;
            bytes.push(byte & 255);
            if (tell && (byte === 10 || byte === 13)) {
                tell(KEPT.decode(Uint8Array.from(bytes.slice(begin))));
                begin = bytes.length;
            }
        },
        text: () => KEPT.decode(Uint8Array.from(bytes)),
    };
};

// What is said where the module ended by itself, with exit code 4.
export const crashText = (reason) =>
    /memory|grow/i.test(String(reason)) ? 'st2plecto: error: out of memory' : `st2plecto: error: ${reason}`;

// Runs `st2plecto ARGS…` over `inputs` ({path, bytes} or {path, size, read}; and
// modified: milliseconds since 1970). Gives {code, stdout, stderr, files}: all files
// in the folders that `outputs` names, each by its path. What the program says is in its own words, a lack of memory too.
export const runProgram = async (make, compiled, { args, inputs = [], outputs = [], env = {}, tell }) => {
    const stdout = collector(tell), stderr = collector(tell);
    const module = await make({
        instantiateWasm: (imports, receive) => {
            WebAssembly.instantiate(compiled, imports).then(receive);
            return {};
        },
        preRun: [(own) => Object.assign(own.ENV, { HOME, ...env })],
        stdin: () => null,
        stdout: stdout.take,
        stderr: stderr.take,
        print: () => {},
        printErr: () => {},
        thisProgram: 'st2plecto',
        quit: (status, reason) => {
            throw reason;
        },
    });
    const { FS } = module;
    growFaster(FS);
    FS.mkdirTree(HOME);
    for (const input of inputs) addFile(FS, input);
    FS.chdir(HOME);
    let code, crash = '';
    try {
        code = module.callMain(args);
    } catch (reason) {
        code = 4;
        crash = `${crashText(reason)}\n`;
    }
    const files = {};
    for (const output of crash ? [] : outputs) {
        const full = `${HOME}/${output}`;
        if (!FS.analyzePath(full).exists) continue;
        if (FS.isDir(FS.stat(full).mode))
            for (const [path, bytes] of Object.entries(filesBelow(FS, full))) files[`${output}/${path}`] = bytes;
        else files[output] = FS.readFile(full);
    }
    return { code, stdout: stdout.text(), stderr: stderr.text() + crash, files };
};
