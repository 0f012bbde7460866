import { acts, loads, type Row } from './row'
import type { World } from './world'

const of = (which: 'placed' | 'waiting', rest = '') => ({
  path: (w: World) => `/scans/${w.scans[which]}${rest}`,
  params: (w: World) => ({ scanId: w.scans[which] }),
})
const paper = {
  path: (w: World) => `/trainings/${w.training.id}/attendance/paper?session=${w.session.id}`,
  params: (w: World) => ({ trainingId: w.training.id }),
}
const aPhoto = () => ({ files: new File([new Uint8Array([0xff, 0xd8, 0xff]), crypto.randomUUID()], 'лист.jpg') })
const PAPER = '_app.trainings.$trainingId.attendance_.paper'

/** `placed` lies in the trainer's session; `waiting` was brought by the other trainer and lies nowhere. */
export const scanRows: Row[] = [
  //                                 nobody foreign employee trainer otherTr superv manager coordin admin installation
  loads('_app.scans._index', '       login  blank   403     sees    blank   403    403     sees    403   system', {
    path: '/scans',
    marker: 'Тайнолист',
  }),
  loads('_app.scans._index', '       login  blank   403     blank   sees    403    403     sees    403   system', {
    about: 'what waits',
    path: '/scans',
    marker: 'Тайночакащ',
  }),
  acts('_app.scans._index', '        login  done    403     done    done    403    403     done    403   403', {
    path: '/scans?index',
    form: aPhoto,
  }),
  loads('_app.scans.$scanId', '      login  404     404     sees    404     404    404     sees    404   system', {
    ...of('placed'),
    marker: 'Тайнолист',
  }),
  loads('_app.scans.$scanId', '      login  404     404     404     sees    404    404     sees    404   system', {
    about: 'that waits',
    ...of('waiting'),
    marker: 'Тайночакащ',
  }),
  acts('_app.scans.$scanId', '       login  404     404     404     422     404    404     done    404   403', {
    about: 'into a session of the trainer',
    ...of('waiting'),
    form: (w) => ({ intent: 'place', sessionId: w.session.id, page: '1' }),
  }),
  acts('_app.scans.$scanId', '       login  404     404     done    404     404    404     done    404   403', {
    about: 'aside',
    ...of('placed'),
    form: () => ({ intent: 'aside' }),
  }),
  loads('scans.$scanId.image', '     login  404     404     same    404     404    404     same    404   system', of('placed', '/image')),
  loads('scans.$scanId.image', '     login  404     404     404     same    404    404     same    404   system', {
    about: 'that waits',
    ...of('waiting', '/image'),
  }),
  loads(
    'scans.$scanId.original',
    '  login  404     404     same    404     404    404     same    404   system',
    of('placed', '/original'),
  ),
  loads('scans.$scanId.original', '  login  404     404     404     same    404    404     same    404   system', {
    about: 'that waits',
    ...of('waiting', '/original'),
  }),
  loads(PAPER, '                     login  404     403     sees    404     404    403     sees    404   system', {
    ...paper,
    marker: 'Тайносветов',
  }),
  acts(PAPER, '                      login  404     403     done    404     404    403     done    404   403', {
    ...paper,
    form: (w) => ({ sessionId: w.session.id, seen: '999999999', intent: 'save', reason: 'по хартия', [`mark.${w.other.id}`]: 'present' }),
  }),
]
