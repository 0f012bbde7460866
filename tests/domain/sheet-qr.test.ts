import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSheetQr, sheetQrText } from '~/domain/attendance/sheet-qr'

const ID = '00000000-0000-0000-0000-000000000024'
const page = { sessionId: ID, layout: 'half-day', page: 2, pages: 7 } as const

describe('the code on a page of a sheet', () => {
  it('writes prefix, version, session, layout and page in capitals and digits', () => {
    expect(sheetQrText(page)).toBe('KAPACITET1:0000000000000000000000010:H:2:7')
  })

  it('is read back as it was written, for every session, layout and page', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.constantFrom('day' as const, 'half-day' as const),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(900),
        (sessionId, layout, of, before) => {
          const written = { sessionId, layout, page: Math.max(1, of - before), pages: of }
          expect(readSheetQr(sheetQrText(written))).toEqual(written)
        },
      ),
    )
  })

  it.each([
    '',
    'https://example.test/verify/ABCD',
    'KAPACITET2:0000000000000000000000010:H:2:7',
    'KAPACITET1:0000000000000000000000010:X:2:7',
    'KAPACITET1:000000000000000000000010:H:2:7',
    'KAPACITET1:0000000000000000000000010:H:0:7',
    'KAPACITET1:0000000000000000000000010:H:8:7',
    'KAPACITET1:0000000000000000000000010:H:2:501',
    'KAPACITET1:0000000000000000000000010:H:2:1000',
    'KAPACITET1:0000000000000000000000010:H:2:7:1',
    'KAPACITET1:0000000000000000000000010:H:2:7\n',
    // 2^128 and the largest of 25 digits: more than an id holds
    `KAPACITET1:${(2n ** 128n).toString(36).toUpperCase()}:D:1:1`,
    'KAPACITET1:ZZZZZZZZZZZZZZZZZZZZZZZZZ:D:1:1',
  ])('takes no other text for one: %j', (text) => {
    expect(readSheetQr(text)).toBeNull()
  })

  it('reads the largest id there is', () => {
    const largest = { ...page, sessionId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
    expect(readSheetQr(sheetQrText(largest))).toEqual(largest)
  })
})
