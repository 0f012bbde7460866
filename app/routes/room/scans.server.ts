import { clock } from '~/platform/clock.server'
import type { RowScans } from './scan-note'

/** The times a row's state has from scans; one that counts only later is early. */
export const scansOf = ({ arrivedAt, leftAt }: { arrivedAt: Date | null; leftAt: Date | null }): RowScans =>
  arrivedAt || leftAt
    ? { in: arrivedAt?.toISOString() ?? null, out: leftAt?.toISOString() ?? null, isEarly: !!arrivedAt && arrivedAt > clock.now() }
    : null
