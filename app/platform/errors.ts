const STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
} as const
export type ErrorCode = keyof typeof STATUS

export type ErrorValues = Record<string, string | number>

/** A refusal the user may read. `messageKey` is a dictionary key, never prose; `values` fill its sentence; `field` is where it belongs in a form. */
export class AppError extends Error {
  override name = 'AppError'
  readonly values: ErrorValues
  readonly field: string | undefined
  constructor(
    readonly code: ErrorCode,
    readonly messageKey: string,
    { field, ...values }: ErrorValues & { field?: string } = {},
  ) {
    super(`${code}: ${messageKey}`)
    this.values = values
    this.field = field
  }
  get status() {
    return STATUS[this.code]
  }
}

/** Several fields of one form refused together: message keys by field name. */
export class FieldErrors extends AppError {
  constructor(readonly fields: Record<string, string[]>) {
    super('invalid', 'error.invalid')
  }
}
