// Seals and opens age files with the npm package age-encryption, and prepares the vectors of C2SP CCTV for a reader that has hybrid
// recipients alone. It knows nothing of the house's own code.
//
//   node age.mjs open CASES OPENED          opens files with hybrid identities
//   node age.mjs seal ORDERS SEALED         seals contents to hybrid recipients
//   node age.mjs vectors ASKED VECTORS      the vectors, those of other recipients with a hybrid stanza before theirs
import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import * as cctv from 'cctv-age';
import { HybridRecipient } from './node_modules/age-encryption/dist/recipients.js';

async function open(one) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(one.identity);
  try {
    return { content: Buffer.from(await decrypter.decrypt(Buffer.from(one.file, 'base64'))).toString('base64') };
  } catch (refused) {
    return { refused: String(refused.message) };
  }
}

async function seal(one) {
  const encrypter = new Encrypter();
  one.recipients.forEach((recipient) => encrypter.addRecipient(recipient));
  return { file: Buffer.from(await encrypter.encrypt(Buffer.from(one.content, 'base64'))).toString('base64') };
}

// A vector is lines of names and values, an empty line, and the file.
function parse(name, bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\n\n');
  const vector = { name, identities: [] };
  for (const line of text.slice(0, end).split('\n')) {
    const [key, value] = [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)];
    if (key === 'identity') {
      vector.identities.push(value);
    } else {
      vector[key.replace(' ', '_')] = value;
    }
  }
  const rest = Buffer.from(text.slice(end + 2), 'latin1');
  vector.file = vector.compressed === 'zlib' ? inflateSync(rest) : rest;
  return vector;
}

const unpadded = (bytes) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function macOf(fileKey, header) {
  const key = Buffer.from(hkdfSync('sha256', fileKey, Buffer.alloc(0), 'header', 32));
  return unpadded(createHmac('sha256', key).update(header).digest());
}

// Puts a hybrid stanza for the same file key before the first stanza. Where the MAC was right it is made right again; where it was
// wrong, or no MAC, it is left as it is.
function translated(vector, recipient) {
  const fileKey = Buffer.from(vector.file_key, 'hex');
  const text = vector.file.toString('latin1');
  const first = text.indexOf('\n') + 1;
  const footer = text.indexOf('\n---');
  const [stanza] = new HybridRecipient(recipient).wrapFileKey(fileKey);
  const body = unpadded(stanza.body);
  const lines = '-> ' + stanza.args.join(' ') + '\n' + body + '\n';
  let after = text.slice(first);
  if (footer > 0) {
    const header = text.slice(0, footer + 4);
    const mac = ' ' + macOf(fileKey, Buffer.from(header, 'latin1')) + '\n';
    if (text.startsWith(mac, footer + 4)) {
      const renewed = text.slice(0, first) + lines + text.slice(first, footer + 4);
      after = text.slice(first, footer + 4) + ' ' + macOf(fileKey, Buffer.from(renewed, 'latin1')) + '\n' + text.slice(footer + 4 + mac.length);
    }
  }
  return Buffer.from(text.slice(0, first) + lines + after, 'latin1');
}

async function vectors() {
  const identity = await generateHybridIdentity();
  const recipient = await identityToRecipient(identity);
  return Object.entries(cctv['module.exports'] ?? cctv).filter(([name]) => name !== 'default').map(([name, bytes]) => {
    const vector = parse(name, bytes);
    const direct = name.startsWith('hybrid') || vector.file.length === 0;
    const applicable = !vector.armored && (direct || /^(x25519$|hmac_|header_|stanza_|stream_|version_)/.test(name));
    const file = applicable && !direct ? translated(vector, recipient) : vector.file;
    return {
      name,
      expect: vector.expect,
      payload: vector.payload ?? '',
      armored: vector.armored ?? '',
      identities: direct ? vector.identities : [identity],
      applicable,
      file: file.toString('base64'),
    };
  });
}

const [command, from, to] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(from, 'utf8'));
const answers = command === 'vectors' ? await vectors() : await Promise.all(asked.map(command === 'open' ? open : seal));
writeFileSync(to, JSON.stringify(answers));
