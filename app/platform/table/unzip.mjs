import { inflateRawSync } from 'node:zlib'
import { Refused } from '../apart/refused.mjs'

const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END = 0x06054b50
const MOST_ENTRIES = 300
/** The longest comment of an archive and the record before it. */
const END_REACH = 65_535 + 22

const broken = () => new Refused('unreadable')

/**
 * The files of a zip archive by name. Unpacked here, with a bound on what really comes out and not on what the archive says of itself:
 * throws `too_much_inside` once all of it together passes `mostBytes` and for more than 300 files, `unreadable` for what is broken or
 * encrypted.
 * @param {Buffer} bytes
 * @param {number} mostBytes
 * @returns {Map<string, Buffer>}
 */
export function unzipped(bytes, mostBytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end < bytes.length - END_REACH || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw broken()
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw new Refused('too_much_inside')
  const files = new Map()
  let [at, left] = [bytes.readUInt32LE(end + 16), mostBytes]
  for (let index = 0; index < count; index += 1) {
    const { name, content, next } = entryAt(bytes, at, left)
    left -= content.length
    files.set(name, content)
    at = next
  }
  return files
}

function entryAt(bytes, at, left) {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw broken()
  const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
  const [packedSize, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)]
  const local = bytes.readUInt32LE(at + 42)
  const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  if (flags & 1 || (method !== 0 && method !== 8) || local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw broken()
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (start + packedSize > bytes.length) throw broken()
  return { name, content: contentOf(bytes.subarray(start, start + packedSize), method, left), next }
}

function contentOf(packed, method, left) {
  if (left <= 0 || (method === 0 && packed.length > left)) throw new Refused('too_much_inside')
  if (method === 0) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: left })
  } catch (error) {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? new Refused('too_much_inside') : broken()
  }
}
