export const ROLES = ['employee', 'trainer', 'supervisor', 'manager', 'coordinator', 'admin'] as const
export const ACCOUNT_STATES = ['active', 'invited', 'inactive'] as const
