// Reads and makes what this house signs, with the libraries of noble and from the texts of C2SP signed-note, tlog-checkpoint and
// tlog-cosignature, of RFC 7515, and of docs/spec/evidence.md. It knows nothing of the house's own code.
//
//   node noble.mjs verify CASES VERDICTS    judges checkpoints and statements
//   node noble.mjs sign ORDERS SIGNED       signs the same ones with given seeds
//   node noble.mjs print NUMBERS TEXTS      prints doubles as ECMAScript does, which RFC 8785 demands
import { readFileSync, writeFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import { ml_dsa44, ml_dsa65 } from '@noble/post-quantum/ml-dsa';

const LOG = 0x01;
const COSIGNER_ED25519 = 0x04;
const COSIGNER_ML_DSA_44 = 0x06;

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

function u64(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
}

function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) {
    throw new Error('not strict base 64: ' + text);
  }
  return Uint8Array.from(bytes);
}

function base64url(text) {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) {
    throw new Error('not strict base 64 for addresses: ' + text);
  }
  return Uint8Array.from(bytes);
}

// --- signed-note ------------------------------------------------------------------------------------

const keyId = (name, type, key) => sha256(join(utf8(name + '\n'), [type], key)).slice(0, 4);

function verifierKey(name, type, key) {
  const id = Buffer.from(keyId(name, type, key)).toString('hex');
  return name + '+' + id + '+' + Buffer.from(join([type], key)).toString('base64');
}

function parseVerifierKey(text) {
  const [name, id, ...rest] = text.split('+');
  const [type, ...bytes] = base64(rest.join('+'));
  const key = Uint8Array.from(bytes);
  if (Buffer.from(keyId(name, type, key)).toString('hex') !== id) {
    throw new Error('the id is not that of the key: ' + text);
  }
  return { name, id, type, key };
}

function parseNote(note) {
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n')) {
    throw new Error('not a note');
  }
  const signatures = note
    .slice(blank + 2, -1)
    .split('\n')
    .map((line) => {
      const parts = /^\u2014 ([^ +]+) ([A-Za-z0-9+/]+=*)$/.exec(line);
      if (!parts) {
        throw new Error('not a signature line: ' + line);
      }
      const bytes = base64(parts[2]);
      return { name: parts[1], id: Buffer.from(bytes.slice(0, 4)).toString('hex'), signature: bytes.slice(4) };
    });
  return { text: note.slice(0, blank + 1), signatures };
}

const line = (name, type, key, signature) =>
  '\u2014 ' + name + ' ' + Buffer.from(join(keyId(name, type, key), signature)).toString('base64') + '\n';

// --- tlog-checkpoint, tlog-cosignature --------------------------------------------------------------

function parseCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length !== 4 || lines[3] !== '' || !/^(0|[1-9][0-9]*)$/.test(lines[1]) || base64(lines[2]).length !== 32) {
    throw new Error('not a checkpoint of three lines');
  }
  return { origin: lines[0], size: BigInt(lines[1]), root: base64(lines[2]) };
}

const cosignatureText = (time, text) => utf8('cosignature/v1\ntime ' + time + '\n' + text);

function cosignedMessage(cosigner, time, { origin, size, root }) {
  const [name, log] = [utf8(cosigner), utf8(origin)];
  return join(utf8('subtree/v1\n\0'), [name.length], name, u64(time), [log.length], log, u64(0), u64(size), root);
}

function judge(key, text, signature) {
  if (key.type === LOG) {
    return ed25519.verify(signature, utf8(text), key.key, { zip215: false }) ? 'valid' : 'false';
  }
  const time = Buffer.from(signature.slice(0, 8)).readBigUInt64BE();
  const signed = signature.slice(8);
  const holds =
    key.type === COSIGNER_ED25519
      ? ed25519.verify(signed, cosignatureText(time, text), key.key, { zip215: false })
      : ml_dsa44.verify(key.key, cosignedMessage(key.name, time, parseCheckpoint(text)), signed);
  return holds ? 'valid at ' + time : 'false';
}

// What is said of each key: missing, false, valid, or valid at a time.
function judgeCheckpoint({ note, keys }) {
  const { text, signatures } = parseNote(note);
  parseCheckpoint(text);
  return keys.map(parseVerifierKey).map((key) => {
    const own = signatures.filter((one) => one.name === key.name && one.id === key.id);
    return own.length === 0 ? 'missing' : own.map((one) => judge(key, text, one.signature)).join(', ');
  });
}

function signCheckpoint({ origin, size, root, time, cosigner, seeds, hedge }) {
  const head = { origin, size: BigInt(size), root: base64(root) };
  const text = origin + '\n' + size + '\n' + root + '\n';
  const log = ed25519.getPublicKey(hex(seeds.log));
  const classical = ed25519.getPublicKey(hex(seeds.ed25519));
  const quantum = ml_dsa44.keygen(hex(seeds.mlDsa44));
  const random = hedge ? hex(hedge) : undefined;
  return {
    note:
      text +
      '\n' +
      line(origin, LOG, log, ed25519.sign(utf8(text), hex(seeds.log))) +
      line(
        cosigner,
        COSIGNER_ED25519,
        classical,
        join(u64(time), ed25519.sign(cosignatureText(time, text), hex(seeds.ed25519))),
      ) +
      line(
        cosigner,
        COSIGNER_ML_DSA_44,
        quantum.publicKey,
        join(u64(time), ml_dsa44.sign(quantum.secretKey, cosignedMessage(cosigner, time, head), undefined, random)),
      ),
    keys: [
      verifierKey(origin, LOG, log),
      verifierKey(cosigner, COSIGNER_ED25519, classical),
      verifierKey(cosigner, COSIGNER_ML_DSA_44, quantum.publicKey),
    ],
  };
}

// --- statements: docs/spec/evidence.md, sections 1 to 3 ---------------------------------------------

function framed(domain, ...parts) {
  return sha256(join(utf8(domain + '\n'), ...parts.flatMap((part) => [u64(part.length), part])));
}

const kid = (classical, quantum) =>
  Buffer.from(framed('entente-key/1', classical, quantum)).toString('base64url');

function judgeStatement({ document, ed25519: classical, mlDsa65: quantum }) {
  const { payload, signatures } = JSON.parse(document);
  const keys = [base64url(classical), base64url(quantum)];
  const verdicts = signatures.map((one, place) => {
    const header = JSON.parse(Buffer.from(base64url(one.protected)).toString('utf8'));
    const message = utf8(one.protected + '.' + payload);
    const signature = base64url(one.signature);
    if (header.kid !== kid(...keys)) {
      return 'another key';
    }
    const holds =
      header.alg === 'Ed25519'
        ? ed25519.verify(signature, message, keys[0], { zip215: false })
        : header.alg === 'ML-DSA-65' && ml_dsa65.verify(keys[1], message, signature);
    return holds ? 'valid' : 'false';
  });
  const headers = signatures.map((one) => base64url(one.protected));
  const id = framed('entente-jws-id/1', ...headers, base64url(payload));
  return [...verdicts, Buffer.from(id).toString('hex')];
}

function signStatement({ payload, type, seeds, hedge }) {
  const classical = ed25519.getPublicKey(hex(seeds.ed25519));
  const quantum = ml_dsa65.keygen(hex(seeds.mlDsa65));
  const name = kid(classical, quantum.publicKey);
  const signatures = ['Ed25519', 'ML-DSA-65'].map((algorithm) => {
    const header = Buffer.from(JSON.stringify({ alg: algorithm, kid: name, typ: type })).toString('base64url');
    const message = utf8(header + '.' + payload);
    const signature =
      algorithm === 'Ed25519'
        ? ed25519.sign(message, hex(seeds.ed25519))
        : ml_dsa65.sign(quantum.secretKey, message, undefined, hedge ? hex(hedge) : undefined);
    return { protected: header, signature: Buffer.from(signature).toString('base64url') };
  });
  return { document: JSON.stringify({ payload, signatures }) };
}

// --- what is asked ----------------------------------------------------------------------------------

// A case whose form is refused gets one verdict, which says why.
function attempt(judgement, what) {
  try {
    return judgement(what);
  } catch (refused) {
    return ['refused: ' + refused.message];
  }
}

const [command, from, to] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(from, 'utf8'));
const answers = asked.map((one) => {
  if (command === 'print') {
    return String(Buffer.from(one, 'hex').readDoubleBE());
  }
  if (command === 'verify') {
    return attempt(one.note === undefined ? judgeStatement : judgeCheckpoint, one);
  }
  return one.payload === undefined ? signCheckpoint(one) : signStatement(one);
});
writeFileSync(to, JSON.stringify(answers));
