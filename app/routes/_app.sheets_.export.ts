import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportSheets } from '~/domain/attendance/export-sheets.server'
import { SheetsFilterForm } from '~/domain/attendance/sheet-schema'
import { asActor } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/sheets?format=` with the list's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      return exportSheets(actor, SheetsFilterForm.parse(Object.fromEntries(params)), kind)
    }),
  )
}
