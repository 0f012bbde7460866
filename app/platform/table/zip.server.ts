import { once } from 'node:events'
import { setImmediate as othersTurn } from 'node:timers/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const STORED = 0
const DEFLATED = 8

type Entry = { name: Buffer; method: number; crc: number; packed: Buffer; size: number; offset: number }

/** Writes fields of two (`H`) and four (`I`) bytes, low byte first. */
function fields(layout: string, values: number[]): Buffer {
  const buffer = Buffer.alloc([...layout].reduce((size, sort) => size + (sort === 'H' ? 2 : 4), 0))
  let at = 0
  ;[...layout].forEach((sort, index) => {
    at = sort === 'H' ? buffer.writeUInt16LE(values[index]!, at) : buffer.writeUInt32LE(values[index]!, at)
  })
  return buffer
}

/** The date and time of a zip entry, by UTC; zip knows no year before 1980 and no odd second. */
function dosTime(at: Date): [time: number, date: number] {
  const year = Math.max(1980, at.getUTCFullYear()) - 1980
  return [
    (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  ]
}

/**
 * A zip archive of texts. What is added is packed piece by piece outside the event loop's thread; in memory stands what is packed already.
 * Names are ASCII; sizes stay below four gigabytes.
 */
export function zipArchive(at: Date) {
  const entries: Entry[] = []
  const [time, date] = dosTime(at)
  let offset = 0

  function keep(name: string, method: number, crc: number, packed: Buffer, size: number) {
    const entry = { name: Buffer.from(name, 'ascii'), method, crc, packed, size, offset }
    entries.push(entry)
    offset += localHeader(entry).length + packed.length
  }
  const common = ({ method, crc, packed, size, name }: Entry) => [VERSION, 0, method, time, date, crc, packed.length, size, name.length, 0]
  const localHeader = (entry: Entry) => Buffer.concat([fields('IHHHHHIIIHH', [LOCAL, ...common(entry)]), entry.name])
  const centralHeader = (entry: Entry) =>
    Buffer.concat([fields('IHHHHHHIIIHHHHHII', [CENTRAL, VERSION, ...common(entry), 0, 0, 0, 0, entry.offset]), entry.name])

  return {
    /** Adds a text as it stands, for what must be read without unpacking. */
    store(name: string, text: string) {
      const bytes = Buffer.from(text)
      keep(name, STORED, crc32(bytes), bytes, bytes.length)
    },

    async add(name: string, pieces: Iterable<string> | AsyncIterable<string>) {
      const packer = createDeflateRaw()
      const packed: Buffer[] = []
      packer.on('data', (part: Buffer) => packed.push(part))
      const done = once(packer, 'end')
      let [crc, size] = [0, 0]
      for await (const piece of pieces) {
        const bytes = Buffer.from(piece)
        crc = crc32(bytes, crc)
        size += bytes.length
        if (!packer.write(bytes)) await once(packer, 'drain')
        await othersTurn()
      }
      packer.end()
      await done
      keep(name, DEFLATED, crc, Buffer.concat(packed), size)
    },

    end(): Buffer {
      const central = Buffer.concat(entries.map(centralHeader))
      const end = fields('IHHHHIIH', [END, 0, 0, entries.length, entries.length, central.length, offset, 0])
      return Buffer.concat([...entries.flatMap((entry) => [localHeader(entry), entry.packed]), central, end])
    },
  }
}
