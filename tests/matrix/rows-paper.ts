import { loads, type Row } from './row'
import type { World } from './world'

const ofSession = (w: World) => ({ sessionId: w.session.id })
const sheet =
  (rest = '') =>
  (w: World) =>
    `/sessions/${w.session.id}/sheet.pdf${rest}`

export const paperRows: Row[] = [
  //                                           nobody foreign employee trainer otherTr superv manager coordin admin installation
  loads('sessions.$sessionId.sheet[.]pdf', '    login  404     403      same    404     404    403     same    404   system', {
    path: sheet(),
    params: ofSession,
  }),
  loads('sessions.$sessionId.sheet[.]pdf', '    login  404     403      409     404     404    403     409     404   system', {
    about: 'as it was closed, while it is open',
    path: sheet('?filled=1'),
    params: ofSession,
  }),
]
