import type { ActionFunctionArgs } from '@remix-run/node'
import { DeviceMarks } from '~/domain/attendance/device-marks'
import { receiveMarks } from '~/domain/attendance/receive-marks.server'
import { deviceAction } from '~/platform/device-action.server'
import { idOf } from '~/platform/handlers.server'

/** Takes the marks a device has kept while it had no line; a device alone asks here, so there is no page. */
export function action(args: ActionFunctionArgs) {
  return deviceAction(args, DeviceMarks, (actor, marks) => receiveMarks(actor, idOf(args.params.sessionId), marks))
}
