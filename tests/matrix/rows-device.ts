import { acts, type Row } from './row'
import { NOW, type World } from './world'

const marks = (personId: string) => ({
  deviceNow: String(+NOW),
  saves: JSON.stringify([
    {
      key: crypto.randomUUID(),
      at: +NOW - 60_000,
      seen: '0',
      after: [],
      reason: 'без връзка',
      rows: [{ personId, mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 }],
    },
  ]),
})
const R = 'sessions.$sessionId.marks'
const past = { path: (w: World) => `/sessions/${w.session.id}/marks`, params: (w: World) => ({ sessionId: w.session.id }) }

/** What devices send by themselves. */
export const deviceRows: Row[] = [
  acts(R, '401 404 403 done 404 404 403 done 404 403', { ...past, form: (w) => marks(w.other.id) }),
  acts(R, '401 404 403 done 404 404 403 done 404 403', {
    about: 'for somebody without a seat',
    ...past,
    form: (w) => marks(w.bystander.id),
  }),
  acts(R, '401 404 404 404 404 404 404 404 404 403', {
    about: 'of a session that is not there',
    path: () => '/sessions/x/marks',
    params: () => ({ sessionId: '00000000-0000-4000-8000-000000000000' }),
    form: (w) => marks(w.other.id),
  }),
]
