// zip.js: files as one zip, stored as they are (PKWARE APPNOTE 6.3.9: local headers, central directory, its end).

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
});

export const crc32 = (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
};

const NOON_1980 = 0x0021; // the first day of the format: the same files give the same zip
const UTF8_NAMES = 0x0800;

// `parts`: [bytes of the number, number]…, little endian.
const record = (...parts) => {
    const bytes = [];
    for (const [size, number] of parts)
        for (let at = 0; at < size; at++) bytes.push(Math.floor(number / 2 ** (8 * at)) & 255);
    return Uint8Array.from(bytes);
};

// {path: Uint8Array} as a Blob.
export const zipFiles = (files) => {
    const pieces = [], directory = [];
    let place = 0, directorySize = 0;
    const entries = Object.entries(files);
    for (const [path, bytes] of entries) {
        const name = new TextEncoder().encode(path);
        const common = [[2, 20], [2, UTF8_NAMES], [2, 0], [2, 0], [2, NOON_1980], [4, crc32(bytes)], [4, bytes.length],
            [4, bytes.length], [2, name.length], [2, 0]];
        const local = record([4, 0x04034b50], ...common);
        const central = record([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]);
        pieces.push(local, name, bytes);
        directory.push(central, name);
        place += local.length + name.length + bytes.length;
        directorySize += central.length + name.length;
    }
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, directorySize],
        [4, place], [2, 0]);
    return new Blob([...pieces, ...directory, end], { type: 'application/zip' });
};
