import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DeviceMark, DeviceSave } from '~/domain/attendance/device-marks'

/**
 * One press of „Запази“ that waits to be sent, with the names of those it is about and the time of its session in words: who was refused
 * may be gone from the page, and the page from whoever made the marks.
 */
export type Waiting = { id: number; for: string; sessionId: string; when?: string; save: DeviceSave; names: Record<string, string> }
/** A mark the server did not take, until whoever made it has seen why. */
export type Refused = DeviceMark & { id: number; for: string; sessionId: string; when?: string; name: string; reason: string }
/** A page as it was when there was a line; `assets` are the addresses it cannot be shown without. */
export type KeptPage = {
  url: string
  for: string
  title: string
  language: string
  keptAt: number
  html: string
  policy: string
  assets: string[]
}

interface Device extends DBSchema {
  waiting: { key: number; value: Omit<Waiting, 'id'> & { id?: number } }
  refused: { key: number; value: Omit<Refused, 'id'> & { id?: number } }
  pages: { key: string; value: KeptPage }
  /** Whom the device was last used by: `municipalityId.accountId`. */
  owner: { key: 'owner'; value: { for: string; language: string } }
}

let opened: Promise<IDBPDatabase<Device>> | undefined

/** The database of this device, opened once; rejects where the browser keeps nothing. */
export function device(): Promise<IDBPDatabase<Device>> {
  opened ??= openDB<Device>('kapacitet', 1, {
    upgrade(db) {
      db.createObjectStore('waiting', { keyPath: 'id', autoIncrement: true })
      db.createObjectStore('refused', { keyPath: 'id', autoIncrement: true })
      db.createObjectStore('pages', { keyPath: 'url' })
      db.createObjectStore('owner')
    },
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opened = undefined),
  })
  opened.catch(() => (opened = undefined))
  return opened
}

/** Whom the device belongs to now; null when nobody is signed in. */
export const ownerOf = async () => (await (await device()).get('owner', 'owner')) ?? null

/** What of `owner` waits to be sent, oldest first. */
export const waitingOf = async (owner: string): Promise<Waiting[]> =>
  ((await (await device()).getAll('waiting')) as Waiting[]).filter((one) => one.for === owner)

/** What of `owner` was refused and not yet looked at. */
export const refusedOf = async (owner: string): Promise<Refused[]> =>
  ((await (await device()).getAll('refused')) as Refused[]).filter((one) => one.for === owner)
