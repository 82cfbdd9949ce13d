// Unpack the compressed Chromium of @sparticuz/chromium: node unpack.js FROM TO.
// Its own JavaScript is for servers without a disk, and is not used.
const { createReadStream, createWriteStream, mkdirSync, unlinkSync } = require("node:fs");
const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const { pipeline } = require("node:stream/promises");
const { createBrotliDecompress } = require("node:zlib");

const [from, to] = process.argv.slice(2);
const unpack = (name, target) =>
  pipeline(createReadStream(join(from, name)), createBrotliDecompress(), createWriteStream(join(to, target)));

(async () => {
  mkdirSync(to, { recursive: true });
  await unpack("chromium.br", "program");
  for (const name of ["al2023.tar", "swiftshader.tar", "fonts.tar"]) {
    await unpack(`${name}.br`, name);
    execFileSync("tar", ["--extract", "--file", join(to, name), "--directory", to]);
    unlinkSync(join(to, name));
  }
})();
