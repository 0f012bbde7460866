import { dictionary } from './dictionary'

/** What is said beside people of their scans, and of those who scanned without being counted: in the room and on the roster. */
export const scanNoteWords = dictionary('scan-notes', {
  bg: {
    open: 'Екран за залата',
    refused: 'Незачетени',
    refusedNote:
      'Допуснатият се записва за обучението, ако има място, и се отбелязва с часа на сканирането, а отбелязаният без връзка – като присъствал.',
    refusedCount_one: '{{count}} лице не е зачетено. Името се вижда в списъка за присъствие.',
    refusedCount_other: '{{count}} лица не са зачетени. Имената се виждат в списъка за присъствие.',
    scannedAt: 'сканирал/а в {{time}}',
    markedAt: 'отбелязан/а без връзка в {{time}}',
    reason: {
      cancelled: 'занятието беше отменено',
      closed: 'списъкът беше приключен',
      not_enrolled: 'не е записан/а',
      too_early: 'твърде рано',
      over: 'след края',
    },
    admit: 'Допусни',
    admitName: 'Допусни {{name}}',
    markByHand: 'Отбележи',
    rosterIn: 'вход {{time}}',
    rosterOut: 'изход {{time}}',
    rosterEarly: 'сканирал/а рано, зачита се в {{time}}',
  },
  en: {
    open: 'Room screen',
    refused: 'Not counted',
    refusedNote:
      'Whoever is admitted is enrolled if a seat is free, and checked in at the time of the scan; who was marked offline is marked present.',
    refusedCount_one: '{{count}} person is not counted. The name is on the roster.',
    refusedCount_other: '{{count}} people are not counted. The names are on the roster.',
    scannedAt: 'scanned at {{time}}',
    markedAt: 'marked offline at {{time}}',
    reason: {
      cancelled: 'the session was cancelled',
      closed: 'the sheet was closed',
      not_enrolled: 'not enrolled',
      too_early: 'too early',
      over: 'after the end',
    },
    admit: 'Admit',
    admitName: 'Admit {{name}}',
    markByHand: 'Mark',
    rosterIn: 'in {{time}}',
    rosterOut: 'out {{time}}',
    rosterEarly: 'scanned early, counts from {{time}}',
  },
})
