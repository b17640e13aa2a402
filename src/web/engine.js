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

const PIECE = 1 << 20;

// The bytes from `position` on: where they are in the pieces, at most `length` of them, none across the end of a piece.
const spanIn = (node, position, length) => {
    const piece = node.pieces[Math.floor(position / PIECE)], begin = position % PIECE;
    return piece.subarray(begin, Math.min(begin + length, PIECE));
};

const PIECES = {
    read: ({ node }, buffer, offset, length, position) => {
        const count = Math.max(Math.min(length, node.usedBytes - position), 0);
        for (let done = 0; done < count;) {
            const span = spanIn(node, position + done, count - done);
            buffer.set(span, offset + done);
            done += span.length;
        }
        return count;
    },
    write: ({ node }, buffer, offset, length, position) => {
        while (node.pieces.length * PIECE < position + length) node.pieces.push(new Uint8Array(PIECE));
        for (let done = 0; done < length;) {
            const span = spanIn(node, position + done, length - done);
            span.set(buffer.subarray(offset + done, offset + done + span.length));
            done += span.length;
        }
        node.usedBytes = Math.max(node.usedBytes, position + length);
        node.timestamp = Date.now();
        return length;
    },
};

// What is cut off reads as zeros where it is written beyond again.
const cutTo = (node, size) => {
    if (size < node.usedBytes) {
        node.pieces.length = Math.ceil(size / PIECE);
        if (size % PIECE) node.pieces.at(-1).fill(0, size % PIECE);
    }
    while (node.pieces.length * PIECE < size) node.pieces.push(new Uint8Array(PIECE));
    node.usedBytes = size;
};

// Files that the program writes are kept in pieces: emscripten has them in one, which it copies thirty times until a file of
// 20 MB is whole.
const keepInPieces = (FS) => {
    const { open } = FS;
    FS.open = (...words) => {
        const stream = open(...words), { node } = stream;
        if (!node?.stream_ops?.write || node.pieces || !FS.isFile(node.mode) || node.usedBytes > 0) return stream;
        const { setattr } = node.node_ops;
        node.pieces = [];
        node.stream_ops = stream.stream_ops = { ...node.stream_ops, ...PIECES };
        node.node_ops = { ...node.node_ops, setattr: (node_, attributes) => {
            const { size, ...others } = attributes;
            setattr(node_, others);
            if (size !== undefined) cutTo(node_, size);
        } };
        return stream;
    };
};

// The bytes of a file, as a list of arrays that are the file system's own, which nobody needs any more.
const partsOf = ({ contents, pieces, usedBytes }) => {
    if (!pieces) return contents ? [new Uint8Array(contents.buffer ?? contents, 0, usedBytes)] : [];
    return pieces.map((piece, index) => piece.subarray(0, Math.min(PIECE, usedBytes - index * PIECE)));
};

// The same in one array.
const whole = (parts) => {
    if (parts.length === 1) return parts[0];
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
    }
    return bytes;
};

const folderOf = (path) => path.slice(0, path.lastIndexOf('/'));

const addFile = (FS, { path, bytes, size, read, modified }) => {
    const full = `${HOME}/${path}`;
    FS.mkdirTree(folderOf(full));
    if (read) addLarge(FS, full, size, read);
    else FS.writeFile(full, bytes);
    if (modified !== undefined) FS.lookupPath(full).node.timestamp = modified; // workbooks say when their export was made
};

// All files below a folder, by their paths in it, each as partsOf has it.
const filesBelow = (FS, folder, prefix = '') => {
    const found = {};
    for (const name of FS.readdir(folder).sort()) {
        if (name === '.' || name === '..') continue;
        const full = `${folder}/${name}`;
        const { mode } = FS.stat(full);
        if (FS.isDir(mode)) Object.assign(found, filesBelow(FS, full, `${prefix}${name}/`));
        else found[prefix + name] = partsOf(FS.lookupPath(full).node);
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
// in the folders that `outputs` names, each by its path; with `inParts` each as a list of arrays. What the program says is in its own words, a lack of memory too.
export const runProgram = async (make, compiled, { args, inputs = [], outputs = [], env = {}, tell, inParts = false }) => {
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
    FS.mkdirTree(HOME);
    for (const input of inputs) addFile(FS, input);
    keepInPieces(FS);
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
        else files[output] = partsOf(FS.lookupPath(full).node);
    }
    if (!inParts) for (const path of Object.keys(files)) files[path] = whole(files[path]);
    return { code, stdout: stdout.text(), stderr: stderr.text() + crash, files };
};
